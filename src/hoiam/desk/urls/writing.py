"""Viết bài: my pieces, pieces sent in, pieces asked for, questions to units, who wrote what."""

from django.urls import path

from hoiam.desk.views import commissions, fact_checks, pieces, writing

urlpatterns = [
    path("writing/", writing.listed, name="desk-writing"),
    path("writing/new/", writing.new, name="desk-writing-new"),
    path("writing/<int:pk>/", writing.piece, name="desk-writing-piece"),
    path("writing/<int:pk>/edit/", writing.edit, name="desk-writing-edit"),
    path("writing/<int:pk>/convert/", writing.convert, name="desk-writing-convert"),
    path("writing/<int:pk>/stop/", writing.stop, name="desk-writing-stop"),
    path("writing/<int:pk>/do/<slug:verb>/", writing.act, name="desk-writing-act"),
    path("writing/<int:pk>/pictures/<int:row>/", writing.picture, name="desk-writing-picture"),
    path("writing/<int:pk>/word/<int:row>/", writing.word, name="desk-writing-word"),
    path("pieces/", pieces.inbox, name="desk-pieces"),
    path("writers/", pieces.writers, name="desk-writers"),
    path("writers/excel/", pieces.writers_excel, name="desk-writers-excel"),
    path("commissions/", commissions.listed, name="desk-commissions"),
    path("commissions/new/", commissions.new, name="desk-commission-new"),
    path("commissions/<int:pk>/", commissions.commission, name="desk-commission"),
    path("commissions/<int:pk>/begin/", commissions.begin, name="desk-commission-begin"),
    path("commissions/<int:pk>/do/<slug:verb>/", commissions.act, name="desk-commission-act"),
    path("fact-checks/", fact_checks.listed, name="desk-fact-checks"),
    path("fact-checks/new/", fact_checks.new, name="desk-fact-check-new"),
    path("fact-checks/<int:pk>/", fact_checks.check, name="desk-fact-check"),
    path("fact-checks/<int:pk>/do/<slug:verb>/", fact_checks.act, name="desk-fact-check-act"),
]
