"""The lexicon and the second net."""

from django.urls import path

from hoiam.desk.views import lexicon, second_looks

urlpatterns = [
    path("lexicon/", lexicon.lexicon, name="desk-lexicon"),
    path("lexicon/add/", lexicon.add, name="desk-lexicon-add"),
    path("lexicon/row/<slug:row>/", lexicon.row, name="desk-lexicon-row"),
    path("lexicon/draft/<slug:verb>/", lexicon.draft, name="desk-lexicon-draft"),
    path("lexicon/trials/<int:pk>/", lexicon.trial, name="desk-lexicon-trial"),
    path("lexicon/history/", lexicon.history, name="desk-lexicon-history"),
    path("lexicon/history/<int:number>/restore/", lexicon.restore, name="desk-lexicon-restore"),
    path("second-looks/", second_looks.look_list, name="desk-second-looks"),
    path("second-looks/teach/", second_looks.teach, name="desk-second-net-teach"),
    path("second-looks/<int:pk>/<slug:verb>/", second_looks.act, name="desk-second-look-act"),
]
