"""The library during a build: from traces of posts to the steps that make its pages."""
