# What readers of dev.to and Qiita see. Reads {platform: [body, ...]} on standard input, writes
# {platform: [html, ...]}.
#
# dev.to: the way of Forem's MarkdownProcessor::Parser#finalize, with its options and its lists of
# tags: code is guarded, Redcarpet, filter, Liquid, Redcarpet again. Qiita: cmark-gfm with the options
# of qiita-markdown; its notes, which are a fork's, are boxes of HTML before.
require "json"
require "liquid"
require "loofah"
require "rails-html-sanitizer"
require "redcarpet"
require "commonmarker"

class Headings < Redcarpet::Render::HTML
  def header(title, level)
    name = Loofah.fragment(title).text.downcase.strip.gsub(/\s/, "-")
    "<h#{level}>\n  <a name=\"#{name}\" href=\"##{name}\" class=\"anchor\">\n  </a>\n  #{title}\n</h#{level}>\n"
  end

  def link(link, _title, content)
    return nil if /<a\s.+\/a>/.match?(content)

    %(<a href="#{link}">#{content}</a>)
  end

  def block_code(code, language)
    said = code.gsub("&", "&amp;").gsub("<", "&lt;").gsub(">", "&gt;")
    "<div class=\"highlight\"><pre class=\"highlight #{language}\"><code>#{said}</code></pre></div>\n"
  end
end

class Filter < Rails::Html::PermitScrubber
  TAGS = %w[a abbr add b blockquote br center cite code col colgroup dd del dl dt em figcaption h1 h2
            h3 h4 h5 h6 hr img kbd li mark ol p pre q rp rt ruby small source span strong sub sup
            table tbody td tfoot th thead time tr u ul video].freeze
  ATTRIBUTES = %w[alt colspan data-lang href id loop name ref rel rowspan span src start title type
                  value controls].freeze

  def initialize
    super
    self.tags = TAGS
    self.attributes = ATTRIBUTES
  end

  def allowed_node?(node)
    TAGS.include?(node.name) || (node.name == "div" && node["class"] == "highlight")
  end

  def scrub_attributes(node)
    return if node["class"]&.include?("highlight")

    node.attributes.each_value { |a| a.value = a.value.gsub(/\{%|%\}/, "") }
    super
  end
end

class Katex < Liquid::Block
  def render(context)
    said = Nokogiri::HTML(super).at("body")&.text.to_s
    "<span class=\"formula\">#{CGI.escapeHTML(said)}</span>"
  end
end

class Details < Liquid::Block
  def initialize(name, summary, context)
    super
    @summary = summary.strip
  end

  def render(context)
    "<details>\n  <summary>#{@summary}</summary>\n  #{Nokogiri::HTML(super).xpath("//html/body").inner_html}\n</details>\n"
  end
end

class Embed < Liquid::Tag
  def render(_context)
    "<div class=\"embed-wrapper\"></div>"
  end
end

Liquid::Template.register_tag("katex", Katex)
Liquid::Template.register_tag("details", Details)
Liquid::Template.register_tag("embed", Embed)

OPTIONS = { autolink: true, no_intra_emphasis: true, fenced_code_blocks: true, lax_html_blocks: true,
            lax_spacing: true, strikethrough: true, superscript: false, tables: true,
            footnotes: true }.freeze
CODE = /[[:space:]]*~{3}.*?~{3}|[[:space:]]*`{3}.*?`{3}|`{2}.+?`{2}|`{1}.+?`{1}/m

def guarded(text)
  text.gsub(CODE) do |code|
    code = code.gsub("{% endraw %}", "{----% endraw %----}").gsub("{% raw %}", "{----% raw %----}")
    if code.match?(/[[:space:]]*`{3}/)
      "\n{% raw %}\n#{code}\n{% endraw %}\n"
    else
      "{% raw %}#{code}{% endraw %}"
    end
  end
end

def devto(text)
  raise "dev.to refuses data: addresses" if text.gsub(/(~{3}|`{3}|`{2}|`)[\s\S]*?\1/, "").match?(/src=["'](data|&)/i)

  markdown = Redcarpet::Markdown.new(Headings.new(hard_wrap: true, filter_html: false), OPTIONS)
  html = Loofah.fragment(markdown.render(guarded(text))).scrub!(Filter.new).to_s
  page = Nokogiri::HTML(markdown.render(Liquid::Template.parse(html).render))
  page.xpath("//*[self::ul or self::ol or self::li]/br").each(&:remove)
  page.xpath("//p").each { |p| p.remove if p.children.all? { |c| c.name == "br" || (c.text? && c.text.strip.empty?) } }
  (page.at("body")&.inner_html || "").gsub("{----% raw %----}", "{% raw %}").gsub("{----% endraw %----}", "{% endraw %}")
end

def qiita(text)
  boxed = text.gsub(/^( *)(?::{3,})note \w+\n(.*?)^\1:{3,}$/m) do
    "#{$1}<div class=\"note\">\n\n#{$2}\n#{$1}</div>\n"
  end
  options = %i[HARDBREAKS UNSAFE LIBERAL_HTML_TAG STRIKETHROUGH_DOUBLE_TILDE FOOTNOTES]
  html = CommonMarker.render_html(boxed, options, %i[table strikethrough autolink])
  html = html.gsub(/<li>(\s*<p>)?\[([ x])\] /) { "<li>#{$1}<input type=\"checkbox\"#{" checked" if $2 == "x"}> " }
  html.gsub(/\$<code>(.*?)<\/code>\$/m, '<span class="formula">\1</span>')
      .gsub(/<pre><code class="language-math">(.*?)<\/code><\/pre>/m, '<div><span class="formula">\1</span></div>')
end

asked = JSON.parse($stdin.read)
made = asked.to_h { |platform, bodies| [platform, bodies.map { |body| send(platform, body) }] }
puts JSON.generate(made)
