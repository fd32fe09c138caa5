"""What the body of a text is made of: paragraphs and pictures, and nothing a reader could not be shown."""

from wagtail.blocks import CharBlock, RichTextBlock, StreamBlock, StructBlock
from wagtail.images.blocks import ImageChooserBlock

# Only what core.markup lets through; what is pasted from Word loses its styles here already.
FEATURES = [
    *("h2", "h3", "bold", "italic", "ol", "ul", "link", "hr", "blockquote"),
    *("superscript", "subscript"),
]


class PictureBlock(StructBlock):
    """One picture and its words; without words it cannot be saved as finished."""

    picture = ImageChooserBlock(label="Ảnh")
    alt = CharBlock(
        label="Ảnh cho thấy gì",
        max_length=300,
        help_text="Một câu cho người không nhìn thấy ảnh, ví dụ: “Chấp hành viên trao tiền cho người được thi hành án”.",
    )
    caption = CharBlock(label="Chú thích", required=False, max_length=500)
    credit = CharBlock(label="Ảnh của", required=False, max_length=120)

    class Meta:
        label = "Ảnh"
        icon = "image"


class BodyBlock(StreamBlock):
    """Paragraphs and pictures in any order."""

    text = RichTextBlock(label="Đoạn văn", features=FEATURES, icon="pilcrow")
    picture = PictureBlock()
