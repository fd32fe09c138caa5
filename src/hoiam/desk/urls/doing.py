"""Doing the tasks of schemes: a unit's own, the matrix of all, quotas, difficulties."""

from django.urls import path

from hoiam.desk.views import difficulties, doing, matrix, quotas

urlpatterns = [
    path("matrix/", matrix.home, name="desk-matrix-home"),
    path("matrix/<int:pk>/", matrix.of, name="desk-matrix-of"),
    path("matrix/<int:pk>/excel/", matrix.excel, name="desk-matrix-excel"),
    path("tasks/", doing.mine, name="desk-task-list"),
    path("tasks/<int:pk>/", doing.task, name="desk-task-page"),
    path("tasks/<int:pk>/quotas/", quotas.of_task, name="desk-task-quotas"),
    path("tasks/quotas/<int:pk>/<int:agency>/", quotas.behind, name="desk-task-quota"),
    path("tasks/parts/<int:pk>/", doing.part, name="desk-task-part"),
    path("tasks/parts/<int:pk>/do/<slug:verb>/", doing.act, name="desk-task-do"),
    path("tasks/products/<int:pk>/file/", doing.file, name="desk-task-product-file"),
    path("tasks/products/<int:pk>/remove/", doing.remove, name="desk-task-product-remove"),
    path("tasks/units/<int:pk>/", doing.unit, name="desk-task-unit"),
    path("tasks/difficulties/", difficulties.board, name="desk-task-difficulties"),
    path("tasks/difficulties/excel/", difficulties.excel, name="desk-task-difficulties-excel"),
    path(
        "tasks/difficulties/<int:pk>/<slug:verb>/",
        difficulties.act,
        name="desk-task-difficulty-do",
    ),
]
