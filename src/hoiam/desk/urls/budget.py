"""Money of schemes."""

from django.urls import path

from hoiam.desk.views import budget

urlpatterns = [
    path("budget/", budget.listed, name="desk-budgets"),
    path("budget/<int:pk>/", budget.budget, name="desk-budget"),
    path("budget/<int:pk>/csv/", budget.csv, name="desk-budget-csv"),
    path("budget/<int:pk>/do/<slug:verb>/", budget.act, name="desk-budget-act"),
]
