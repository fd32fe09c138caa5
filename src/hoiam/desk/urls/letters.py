"""Đơn thư bạn đọc, câu hỏi pháp luật, hộp thư nhận đơn."""

from django.urls import path

from hoiam.desk.views import legal_questions, letter_boxes, letter_papers, letters

urlpatterns = [
    path("letters/", letters.letter_list_page, name="desk-letters"),
    path("letters/new/", letters.new_letter, name="desk-letter-new"),
    path("letters/register/", letter_papers.register, name="desk-letter-register"),
    path("letters/boxes/", letter_boxes.boxes, name="desk-letter-boxes"),
    path("letters/<int:pk>/", letters.letter, name="desk-letter"),
    path("letters/<int:pk>/do/<slug:step>/", letters.step, name="desk-letter-step"),
    path("letters/<int:pk>/people/", letters.people, name="desk-letter-people"),
    path("letters/<int:pk>/files/<int:file>/", letter_papers.file, name="desk-letter-file"),
    path("letters/<int:pk>/word/<slug:code>/", letter_papers.word, name="desk-letter-word"),
    path("legal-questions/", legal_questions.question_list_page, name="desk-legal-questions"),
    path("legal-questions/new/", legal_questions.new_question, name="desk-legal-question-new"),
    path("legal-questions/<int:pk>/", legal_questions.question, name="desk-legal-question"),
    path(
        "legal-questions/<int:pk>/do/<slug:step>/",
        legal_questions.step,
        name="desk-legal-question-step",
    ),
    path(
        "legal-questions/<int:pk>/people/",
        legal_questions.people,
        name="desk-legal-question-people",
    ),
]
