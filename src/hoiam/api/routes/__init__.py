"""Every address of the API, one file an area, in the order of the document."""

from hoiam.api.routes import agencies, answers, articles, documents, schemes, speaking

ROUTERS = (
    articles.router,
    documents.router,
    answers.router,
    agencies.router,
    speaking.router,
    schemes.router,
)
