# Posts -> HTML by Jekyll itself, without layouts, themes and plugins. A JSON list of {"root", "posts"}
# on standard input, {root: {path: HTML, or null where Jekyll refuses the post}} on standard output.
require "json"
require "jekyll"
require_relative "kramdown_options"

Encoding.default_external = Encoding::UTF_8
Jekyll.logger.log_level = :error
Jekyll::PluginManager.class_eval do
  def conscientious_require; end
end

# What themes and plugins add is not here: it leaves nothing, and no error.
class Nothing < Liquid::Tag
  def render(_context)
    ""
  end
end
%w[seo feed_meta].each { |name| Liquid::Template.register_tag(name, Nothing) }

SETTINGS = {
  "plugins" => [], "gems" => [], "theme" => nil, "future" => true, "unpublished" => true,
  "show_drafts" => true, "limit_posts" => 0, "incremental" => false, "strict_front_matter" => false,
  "quiet" => true, "disable_disk_cache" => true, "exclude" => [],
}.freeze

def site_at(root)
  config = Jekyll.configuration(SETTINGS.merge("source" => root, "destination" => "#{root}/_site"))
  SETTINGS.each { |key, value| config[key] = value }
  own = config["kramdown"].is_a?(Hash) ? config["kramdown"] : {}
  kept = own.slice("hard_wrap", "smart_quotes", "auto_ids", "auto_id_prefix", "footnote_nr", "toc_levels", "input")
  config["kramdown"] = OPTIONS.transform_keys(&:to_s).merge("math_engine" => "mathjax").merge(kept)
  config["highlighter"] = "none"
  site = Jekyll::Site.new(config)
  site.reset
  site.read
  site
end

def rendered(site, document, payload)
  renderer = Jekyll::Renderer.new(site, document, payload)
  renderer.layouts = {}
  renderer.run
rescue StandardError, SystemStackError => e
  warn "#{document.relative_path}: #{e.message.lines.first&.strip}"
  nil
end

asked = JSON.parse($stdin.read)
made = asked.to_h do |room|
  site = site_at(room["root"])
  payload = site.site_payload
  documents = site.documents.to_h { |document| [document.relative_path, document] }
  found = room["posts"].to_h do |path|
    document = documents[path]
    [path, document && rendered(site, document, payload)]
  end
  [room["root"], found]
rescue StandardError => e
  warn "#{room["root"]}: #{e.message}"
  [room["root"], {}]
end
puts JSON.generate(made)
