"""A sound tree: only the elements, attributes and styles that a document may hold, well nested."""
