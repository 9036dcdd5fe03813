"""Names: what `site` and `page` mean in a template: lazy maps over the posts and data of a site."""
