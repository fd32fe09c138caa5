"""Gửi tin cho báo chí, báo đăng lại: packages, lists, who opens nothing, reprints, the reach of one article."""

from django.urls import path

from hoiam.desk.views import packages, press_lists, prints

urlpatterns = [
    path("distribution/", packages.listed, name="desk-packages"),
    path("distribution/new/", packages.new, name="desk-package-new"),
    path("distribution/attention/", press_lists.attentive, name="desk-attention"),
    path("distribution/lists/", press_lists.listed, name="desk-press-lists"),
    path("distribution/lists/new/", press_lists.new, name="desk-press-list-new"),
    path("distribution/lists/<int:pk>/", press_lists.press_list, name="desk-press-list"),
    path("distribution/lists/<int:pk>/edit/", press_lists.edit, name="desk-press-list-edit"),
    path(
        "distribution/lists/<int:pk>/open/", press_lists.open_or_close, name="desk-press-list-open"
    ),
    path("distribution/lists/<int:pk>/add/", press_lists.add, name="desk-receiver-new"),
    path("distribution/receivers/<int:pk>/", press_lists.receiver, name="desk-receiver"),
    path(
        "distribution/receivers/<int:pk>/do/<slug:verb>/",
        press_lists.receiver_act,
        name="desk-receiver-act",
    ),
    path("distribution/prints/", prints.listed, name="desk-prints"),
    path("distribution/prints/excel/", prints.excel, name="desk-prints-excel"),
    path("distribution/prints/<int:pk>/", prints.one, name="desk-print"),
    path("distribution/prints/<int:pk>/do/<slug:verb>/", prints.act, name="desk-print-act"),
    path("distribution/articles/<int:pk>/", prints.article, name="desk-article-reach"),
    path("distribution/<int:pk>/", packages.package, name="desk-package"),
    path("distribution/<int:pk>/edit/", packages.edit, name="desk-package-edit"),
    path("distribution/<int:pk>/do/<slug:verb>/", packages.act, name="desk-package-act"),
    path("distribution/<int:pk>/word/<int:article>/", packages.word, name="desk-package-word"),
]
