"""Names of the tables that the search reads and writes with SQL (a test compares the models)."""

ARTICLE = "troubleshooting_article"
ARTICLE_PLATFORMS = "troubleshooting_article_platforms"
PLATFORM = "troubleshooting_platform"
SOURCE_DOCUMENT = "troubleshooting_sourcedocument"
SOURCE_ENTRY = "troubleshooting_sourceentry"
TRANSLATION = "troubleshooting_articletranslation"

DOCUMENT_TERM = "troubleshooting_documentterm"
FACETS = "troubleshooting_searchfacets"
ENTRY = "troubleshooting_searchentry"
TEXT = "troubleshooting_searchtext"
CODE = "troubleshooting_searchcode"
MESSAGE = "troubleshooting_searchmessage"
GRAM = "troubleshooting_searchgram"
VECTOR = "troubleshooting_searchvector"
WORD = "troubleshooting_searchword"
LOG = "troubleshooting_searchlog"
#: What editors keep, and what readers chose.
OWN = "troubleshooting_vocabularyentry"
LEARNED = "troubleshooting_learnedchoice"
#: Rows whose tokens name a state: that of the content is the first (``caching.version``), those of
#: the facets and of how many articles have each combination are the search's own (``renewal``).
CONTENT = "troubleshooting_contentversion"
FACETS_STATE, COUNTS_STATE = 4, 5

#: The full-text index: an FTS5 table under SQLite, a table of numbers under PostgreSQL.
FTS = "troubleshooting_searchfts"
TERMS = "troubleshooting_searchterms"
