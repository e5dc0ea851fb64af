"""What editors say to each other about an article, and what each of them is told, also by mail."""

from .comments import PostedComment, add_comment, open_threads, resolve_thread, threads_of
from .notices import mark_seen, preference_of, save_preference, tell, unseen
from .rounds import begin_rounds, look_around

__all__ = [
    "PostedComment",
    "add_comment",
    "begin_rounds",
    "look_around",
    "mark_seen",
    "open_threads",
    "preference_of",
    "resolve_thread",
    "save_preference",
    "tell",
    "threads_of",
    "unseen",
]
