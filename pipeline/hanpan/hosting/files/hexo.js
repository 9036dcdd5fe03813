/* Links to the PDF and EPUB of a post: <%- hanpan(page) %> in templates, {% hanpan %} in posts.
   Written by `hanpan build --publish-to`. */
'use strict';

function links(post) {
  const data = hexo.locals.get('data') || {};
  const posts = (data.hanpan && data.hanpan.posts) || {};
  const files = posts[post.source] || [];
  const root = hexo.config.root || '/';
  const shown = files.map(file =>
    `<a href="${root}${file.url.slice(1)}" type="${file.type}" download>${file.name}</a> <small>${file.size}</small>`);
  return shown.length ? `<p class="hanpan">${shown.join(' · ')}</p>` : '';
}

hexo.extend.helper.register('hanpan', links);
hexo.extend.tag.register('hanpan', function () {
  return links(this);
});
