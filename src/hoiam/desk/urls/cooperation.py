"""Agreements with the press, the network of contributors, experts, themes measured."""

from django.urls import path

from hoiam.desk.views import agreements

urlpatterns = [
    path("agreements/", agreements.listed, name="desk-agreements"),
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
]
