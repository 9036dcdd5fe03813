"""Formulas: TeX -> MathML, MathML -> outlines, both by MathJax in an embedded JavaScript engine."""
