# What a whole site of Jekyll's publishes, by Jekyll itself, without layouts, themes and plugins. A
# root on the command line; {path: {"url", "html", "kind"}} on standard output, html null where
# Jekyll refuses the file.
require "json"
require "tempfile"
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

root = ARGV.fetch(0)
# those that a plugin would read, and no other setting of the site
own = {
  "plugins" => [], "gems" => [], "theme" => nil, "strict_front_matter" => false, "quiet" => true,
  "disable_disk_cache" => true, "incremental" => false, "highlighter" => "none",
}
# this Psych takes no symbols (`style: :compressed`), as earlier ones did
settings = Tempfile.new(["config", ".yml"])
settings.write(File.read("#{root}/_config.yml", encoding: "bom|utf-8").gsub(/^(\s*[\w-]+:\s+):(\w+)/, '\1\2'))
settings.close
own["config"] = [settings.path]
config = Jekyll.configuration(own.merge("source" => root, "destination" => "#{root}/_site"))
own.each { |key, value| config[key] = value }
kept = (config["kramdown"].is_a?(Hash) ? config["kramdown"] : {})
  .slice("hard_wrap", "smart_quotes", "auto_ids", "auto_id_prefix", "footnote_nr", "toc_levels", "input")
config["kramdown"] = OPTIONS.transform_keys(&:to_s).merge("math_engine" => "mathjax").merge(kept)
site = Jekyll::Site.new(config)
site.reset
site.read
payload = site.site_payload
shown = site.documents.select { |document| document.collection.write? && site.publisher.publish?(document) }
pages = site.pages.select { |page| page.html? && site.publisher.publish?(page) }
made = (shown + pages).to_h do |item|
  kind = item.is_a?(Jekyll::Page) ? "page" : "post"
  html = begin
    renderer = Jekyll::Renderer.new(site, item, payload)
    renderer.layouts = {}
    renderer.run
  rescue StandardError, SystemStackError => e
    warn "#{item.relative_path}: #{e.message.lines.first&.strip}"
    nil
  end
  [item.relative_path.delete_prefix("/"), { "url" => item.url, "html" => html, "kind" => kind }]
end
puts JSON.generate(made)
