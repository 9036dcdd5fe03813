"""What a post brings along or leads to: pictures, diagrams, formulas, players, links."""
