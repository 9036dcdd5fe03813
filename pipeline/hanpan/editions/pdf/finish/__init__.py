"""From pages that are set to the bytes of a file that passes its referees."""
