"""Exports: what Notion and Tistory write of their pages, as posts with front matter."""
