# Markdown bodies -> HTML by kramdown-GFM, with the options that Jekyll sets (jekyll/configuration.rb).
# A JSON list of texts on standard input, a JSON list of HTML on standard output.
require "json"
require_relative "kramdown_options"

Encoding.default_external = Encoding::UTF_8
bodies = JSON.parse($stdin.read)
puts JSON.generate(bodies.map { |body| Kramdown::Document.new(body, OPTIONS).to_html })
