"""Report rounds: orders, units' reports, scores, syntheses."""

from django.urls import path

from hoiam.desk.views import report_scans, round_scores, round_synthesis, rounds, unit_reports

OF_REPORT = "rounds/reports/<int:pk>/"

urlpatterns = [
    path("rounds/", rounds.rounds, name="desk-rounds"),
    path("rounds/new/", rounds.new, name="desk-round-new"),
    path("rounds/scores/", round_scores.scores, name="desk-round-scores"),
    path("rounds/scores/rules/", round_scores.rules, name="desk-round-score-rules"),
    path(
        "rounds/scores/file/<slug:kind>/", round_scores.scores_file, name="desk-round-scores-file"
    ),
    path("rounds/<int:pk>/", rounds.round_page, name="desk-round"),
    path("rounds/<int:pk>/edit/", rounds.edit, name="desk-round-edit"),
    path("rounds/<int:pk>/units/", rounds.units, name="desk-round-units"),
    path("rounds/<int:pk>/sections/", rounds.sections, name="desk-round-sections"),
    path("rounds/<int:pk>/do/<slug:verb>/", rounds.act, name="desk-round-do"),
    path("rounds/<int:pk>/synthesis/", round_synthesis.synthesis, name="desk-round-synthesis"),
    path("rounds/<int:pk>/synthesis/word/", round_synthesis.word, name="desk-round-synthesis-word"),
    path(
        "rounds/<int:pk>/synthesis/do/<slug:verb>/",
        round_synthesis.act,
        name="desk-round-synthesis-do",
    ),
    path(
        "rounds/<int:pk>/synthesis/parts/<int:part>/", round_synthesis.part, name="desk-round-part"
    ),
    path(OF_REPORT, unit_reports.report, name="desk-round-report"),
    path(f"{OF_REPORT}fill/", unit_reports.fill, name="desk-round-fill"),
    path(f"{OF_REPORT}upload/", unit_reports.upload, name="desk-round-upload"),
    path(f"{OF_REPORT}annex/<slug:key>/", unit_reports.annex, name="desk-round-annex"),
    path(f"{OF_REPORT}template/<slug:kind>/", unit_reports.template, name="desk-round-template"),
    path(f"{OF_REPORT}files/<slug:blob>/", unit_reports.file, name="desk-round-file"),
    path(f"{OF_REPORT}word/", unit_reports.word, name="desk-round-word"),
    path(f"{OF_REPORT}versions/<int:number>/", unit_reports.version, name="desk-round-version"),
    path(f"{OF_REPORT}versions/<int:number>/scans/", report_scans.keep, name="desk-round-scan-new"),
    path(f"{OF_REPORT}scans/<int:scan>/", report_scans.scan, name="desk-round-scan"),
    path(f"{OF_REPORT}do/<slug:verb>/", unit_reports.act, name="desk-round-report-do"),
]
