# Markdown bodies -> HTML, by kramdown-GFM with Jekyll's options and by cmark-gfm with GitHub's.
# A JSON list of texts on standard input, a JSON list of pairs on standard output.
require "json"
require "commonmarker"
require_relative "../kramdown_options"

EXTENSIONS = %i[table strikethrough autolink].freeze

Encoding.default_external = Encoding::UTF_8
bodies = JSON.parse($stdin.read)
puts JSON.generate(bodies.map { |body|
  [
    Kramdown::Document.new(body, OPTIONS).to_html.scrub,
    CommonMarker.render_html(body, %i[UNSAFE FOOTNOTES], EXTENSIONS).scrub,
  ]
})
