"""Hỏi đáp báo chí, họp báo, giao ban, phóng viên đã đăng ký."""

from django.urls import path

from hoiam.desk.views import accreditations, conferences, enquiries

urlpatterns = [
    path("enquiries/", enquiries.enquiry_list_page, name="desk-enquiries"),
    path("enquiries/new/", enquiries.new_enquiry, name="desk-enquiry-new"),
    path("enquiries/<int:pk>/", enquiries.enquiry, name="desk-enquiry"),
    path("enquiries/<int:pk>/do/<slug:step>/", enquiries.step, name="desk-enquiry-step"),
    path("enquiries/content/<int:pk>/", enquiries.content, name="desk-content-request"),
    path("accreditations/", accreditations.accreditation_page, name="desk-accreditations"),
    path("accreditations/new/", accreditations.new_accreditation, name="desk-accreditation-new"),
    path("accreditations/<int:pk>/", accreditations.accreditation, name="desk-accreditation"),
    path("conferences/", conferences.conference_list_page, name="desk-conferences"),
    path("conferences/new/", conferences.edit, name="desk-conference-new"),
    path("conferences/<int:pk>/", conferences.conference, name="desk-conference"),
    path("conferences/<int:pk>/edit/", conferences.edit, name="desk-conference-edit"),
    path("conferences/<int:pk>/do/<slug:step>/", conferences.step, name="desk-conference-step"),
    path("conferences/<int:pk>/word/<slug:code>/", conferences.word, name="desk-conference-word"),
    path("conferences/<int:pk>/minutes/", conferences.minutes, name="desk-conference-minutes"),
    path("conferences/promises/<int:pk>/", conferences.promise, name="desk-promise"),
    path("briefings/", conferences.briefing_list, name="desk-briefings"),
    path("briefings/new/", conferences.new_briefing, name="desk-briefing-new"),
    path("briefings/<int:pk>/withdraw/", conferences.withdraw, name="desk-briefing-withdraw"),
]
