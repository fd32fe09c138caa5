"""Training: sessions, plans, needs, who was never trained."""

from django.urls import path

from hoiam.desk.views import training, training_plans

urlpatterns = [
    path("training/", training.listed, name="desk-trainings"),
    path("training/new/", training.new, name="desk-training-new"),
    path("training/never/csv/", training.never_csv, name="desk-never-trained-csv"),
    path("training/needs/", training_plans.needs, name="desk-training-needs"),
    path(
        "training/needs/<int:pk>/do/<slug:verb>/",
        training_plans.need_act,
        name="desk-training-need-act",
    ),
    path("training/plans/", training_plans.plans, name="desk-training-plans"),
    path("training/plans/<int:pk>/", training_plans.plan, name="desk-training-plan"),
    path("training/plans/<int:pk>/word/", training_plans.word, name="desk-training-plan-word"),
    path(
        "training/plans/<int:pk>/do/<slug:verb>/",
        training_plans.plan_act,
        name="desk-training-plan-act",
    ),
    path("training/<int:pk>/", training.training, name="desk-training"),
    path("training/<int:pk>/edit/", training.edit, name="desk-training-edit"),
    path("training/<int:pk>/word/", training.word, name="desk-training-word"),
    path("training/<int:pk>/csv/", training.csv, name="desk-training-csv"),
    path("training/<int:pk>/do/<slug:verb>/", training.act, name="desk-training-act"),
    path("training/<int:pk>/files/<int:row>/", training.document, name="desk-training-document"),
]
