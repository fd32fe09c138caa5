"""Agreements with the press, the network of contributors, experts, themes measured."""

from django.urls import path

from hoiam.desk.views import agreements, contributions, experts, rewards, themes

urlpatterns = [
    path("agreements/", agreements.listed, name="desk-agreements"),
    path("agreements/excel/", agreements.excel, name="desk-agreements-excel"),
    path("agreements/new/", agreements.new, name="desk-agreement-new"),
    path("agreements/<int:pk>/", agreements.agreement, name="desk-agreement"),
    path("agreements/<int:pk>/edit/", agreements.edit, name="desk-agreement-edit"),
    path("agreements/<int:pk>/do/<slug:verb>/", agreements.act, name="desk-agreement-act"),
    path("agreements/<int:pk>/clauses/<int:number>/", agreements.clause, name="desk-clause"),
    path(
        "agreements/<int:pk>/clauses/<int:number>/do/<slug:verb>/",
        agreements.clause_act,
        name="desk-clause-act",
    ),
    path(
        "agreements/<int:pk>/files/<slug:kind>/<int:row>/",
        agreements.file,
        name="desk-agreement-file",
    ),
    path("contributions/", contributions.listed, name="desk-contributions"),
    path("contributions/excel/", contributions.excel, name="desk-contributions-excel"),
    path("contributions/new/", contributions.new, name="desk-contribution-new"),
    path("contributions/<int:pk>/", contributions.contribution, name="desk-contribution"),
    path("contributions/<int:pk>/file/", contributions.file, name="desk-contribution-file"),
    path("contributors/", contributions.contributors, name="desk-contributors"),
    path("contributors/<int:pk>/leave/", contributions.leave, name="desk-contributor-leave"),
    path("experts/", experts.listed, name="desk-experts"),
    path("experts/new/", experts.new, name="desk-expert-new"),
    path("experts/<int:pk>/", experts.expert, name="desk-expert"),
    path("experts/<int:pk>/edit/", experts.edit, name="desk-expert-edit"),
    path("experts/<int:pk>/do/<slug:verb>/", experts.act, name="desk-expert-act"),
    path("rewards/", rewards.listed, name="desk-rewards"),
    path("rewards/new/", rewards.new, name="desk-reward-new"),
    path("rewards/<int:pk>/", rewards.reward, name="desk-reward"),
    path("rewards/<int:pk>/do/<slug:verb>/", rewards.act, name="desk-reward-act"),
    path("rewards/<int:pk>/word/<slug:paper>/", rewards.word, name="desk-reward-word"),
    path("themes/", themes.listed, name="desk-themes"),
    path("themes/<int:pk>/", themes.measured, name="desk-themes-of"),
    path("themes/<int:pk>/excel/", themes.excel, name="desk-themes-excel"),
    path("themes/<int:pk>/choose/", themes.choose, name="desk-theme-choose"),
]
