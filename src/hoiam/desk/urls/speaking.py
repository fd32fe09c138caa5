"""Authorisations, statements side by side, periodic duties, plans of supply, breaches."""

from django.urls import path

from hoiam.desk.views import speaking, supply

urlpatterns = [
    path("cases/<int:pk>/speaking/", speaking.case_speaking, name="desk-case-speaking"),
    path("authorisations/", speaking.authorisations, name="desk-authorisations"),
    path("authorisations/<int:pk>/", speaking.authorisation, name="desk-authorisation"),
    path(
        "authorisations/<int:pk>/do/<slug:verb>/",
        speaking.authorisation_act,
        name="desk-authorisation-act",
    ),
    path("duties/", speaking.duties, name="desk-duties"),
    path("duties/<int:pk>/", speaking.duty, name="desk-duty"),
    path("supply-plans/", supply.plans, name="desk-supply-plans"),
    path("supply-plans/<int:pk>/", supply.plan, name="desk-supply-plan"),
    path("supply-plans/<int:pk>/word/", supply.plan_word, name="desk-supply-plan-word"),
    path("supply-plans/<int:pk>/do/<slug:verb>/", supply.plan_act, name="desk-supply-plan-act"),
    path("supply-plans/<int:pk>/rows/<int:row>/", supply.supplied, name="desk-supply-row"),
    path("breaches/", supply.breaches, name="desk-breaches"),
    path("breaches/new/", supply.new_breach, name="desk-breach-new"),
    path("breaches/<int:pk>/", supply.breach, name="desk-breach"),
    path("breaches/<int:pk>/file/", supply.breach_file, name="desk-breach-file"),
]
