"""The look of an official document: Decree 30/2020/NĐ-CP, Phụ lục I, drawn with python-docx."""
