# Templates -> what Jekyll makes of them, in the names of a post. {"root", "post", "templates"} on
# standard input, a JSON list of texts on standard output, null where Jekyll refuses one.
require "json"
require "jekyll"

Encoding.default_external = Encoding::UTF_8
Jekyll.logger.log_level = :error
asked = JSON.parse($stdin.read)
config = Jekyll.configuration("source" => asked["root"], "plugins" => [], "future" => true,
                              "quiet" => true, "disable_disk_cache" => true, "theme" => nil)
site = Jekyll::Site.new(config)
site.reset
site.read
post = site.posts.docs.find { |document| document.relative_path == asked["post"] }
payload = site.site_payload
payload["page"] = post.to_liquid
texts = asked["templates"].map do |template|
  Liquid::Template.parse(template, :line_numbers => true)
    .render!(payload, :registers => { :site => site, :page => payload["page"] })
rescue StandardError => e
  warn "#{template}: #{e.message.lines.first}"
  nil
end
puts JSON.generate(texts)
