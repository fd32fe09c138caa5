"""Addresses of official accounts: posts, acts, messages, accounts."""

from django.urls import path

from hoiam.desk.views import social, social_accounts, social_acts, social_inbox

urlpatterns = [
    path("social/", social.listed, name="desk-social"),
    path("social/new/", social.new, name="desk-social-new"),
    path("social/posts/<int:pk>/", social.post, name="desk-social-post"),
    path("social/posts/<int:pk>/edit/", social.edit, name="desk-social-edit"),
    path("social/posts/<int:pk>/do/<slug:verb>/", social.act, name="desk-social-post-do"),
    path("social/queue/", social_acts.queue, name="desk-social-queue"),
    path("social/archive/", social_acts.archive, name="desk-social-archive"),
    path("social/acts/<int:pk>/", social_acts.act, name="desk-social-act"),
    path("social/acts/<int:pk>/do/<slug:verb>/", social_acts.do, name="desk-social-act-do"),
    path("social/proofs/<int:pk>/", social_acts.proof, name="desk-social-proof"),
    path("social/inbox/", social_inbox.inbox, name="desk-social-inbox"),
    path("social/inbox/file/", social_inbox.bring_in, name="desk-social-bring-in"),
    path("social/messages/<int:pk>/", social_inbox.message, name="desk-social-message"),
    path("social/messages/<int:pk>/do/<slug:verb>/", social_inbox.do, name="desk-social-message-do"),
    path("social/accounts/", social_accounts.listed, name="desk-social-accounts"),
    path("social/accounts/<int:pk>/", social_accounts.account, name="desk-social-account"),
    path("social/accounts/<int:pk>/do/<slug:verb>/", social_accounts.do, name="desk-social-account-do"),
]  # fmt: skip
