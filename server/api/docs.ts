/** `/docs`: a list of the reference pages, and each as a page to be read; to whoever takes no HTML, as it is written. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { Router as makeRouter, type Router } from 'express'
import { Marked } from 'marked'

const FONT = createRequire(import.meta.url).resolve(
  '@fontsource-variable/atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2',
)

/** `folder` holds the pages as Markdown. */
export function docsRoutes(folder: string): Router {
  const router = makeRouter()
  const textOf = (name: string) => readFileSync(join(folder, name), 'utf8')

  router.get('/docs', (_request, response) => {
    const pages = existsSync(folder) ? readdirSync(folder).filter((name) => /^[\w-]+\.md$/.test(name)) : []
    const list = pages
      .map((name) => ({ name, ...headOf(textOf(name)) }))
      .sort((a, b) => a.title.localeCompare(b.title))
      .map(({ name, title, about }) => `<li><a href="docs/${name}">${title}</a><p>${about}</p></li>`)
    const body = `<h1>Reference</h1>
<p>How the city is modelled, what every interface takes and gives.</p>
<ul class="list">${list.join('')}</ul>`
    response.type('html').send(pageOf({ title: 'Reference', body, root: './', language: 'en' }))
  })

  router.get('/docs/atkinson.woff2', (_request, response) => {
    response.set('Cache-Control', 'public, max-age=86400').sendFile(FONT)
  })

  router.get('/docs/:page', (request, response, next) => {
    const { page } = request.params
    if (!/^[\w.-]+\.(md|json|css)$/.test(page) || !existsSync(join(folder, page))) {
      next()
      return
    }
    response.set('Cache-Control', 'no-cache').vary('Accept')
    // a browser would rather have HTML than text; who takes anything is a program
    if (page.endsWith('.md') && request.accepts(['text', 'html']) === 'html') {
      const markdown = textOf(page)
      const language = page.endsWith('.es.md') ? 'es' : 'en'
      response
        .type('html')
        .send(pageOf({ title: headOf(markdown).title, body: htmlOf(markdown), root: '../', language }))
      return
    }
    const types = {
      json: 'application/schema+json',
      css: 'text/css',
      md: 'text/plain; charset=utf-8',
    } as const
    const ending = page.slice(page.lastIndexOf('.') + 1) as keyof typeof types
    response.type(types[ending]).sendFile(page, { root: folder, cacheControl: false })
  })

  return router
}

/** A page's title and the first sentence below it, as HTML. */
export function headOf(markdown: string): { title: string; about: string } {
  const title = /^# (.+)$/m.exec(markdown)?.[1] ?? ''
  const below = markdown
    .split(/\n{2,}/)
    .find((block) => block !== '' && !/^([#|<]|- |```|\d+\. )/.test(block))
    ?.replace(/\s+/g, ' ')
  const about = /^.*?[.:?!](?=\s|$)/.exec(below ?? '')?.[0] ?? below ?? ''
  // what a colon announces is on the page itself
  return { title: asHtml(title), about: asHtml(about).replace(/:$/, '.') }
}

const marked = new Marked({
  renderer: {
    // so that a link can lead to a part of a page
    heading({ tokens, depth, text }) {
      return `<h${depth} id="${idOf(text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`
    },
    // the pages are our own, and hold no HTML
    html: ({ text }) => text.replace(/&/g, '&amp;').replace(/</g, '&lt;'),
  },
})

/** A reference page's body. */
export function htmlOf(markdown: string): string {
  return marked.parse(markdown, { async: false })
}

function idOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s+/g, '-')
}

interface Page {
  readonly title: string
  readonly body: string
  /** Where the city is, from the page's own address. */
  readonly root: string
  readonly language: 'en' | 'es'
}

function pageOf({ title, body, root, language }: Page): string {
  const [city, all] = language === 'es' ? ['La ciudad', 'Referencia'] : ['The city', 'Reference']
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="dark light">
<title>${title} · Citytwin</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${root}docs/docs.css">
<nav><a href="${root}">${city}</a> <a href="${root}docs">${all}</a></nav>
<main>
${body}
</main>
`
}

/** Without the marks of Markdown, which a list has no use for. */
function asHtml(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|`|(?<!\w)_|_(?!\w)/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
}
