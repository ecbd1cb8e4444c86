/** `/docs`: the reference pages as they are written, and a list of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Router as makeRouter, type Router } from 'express'

/** `folder` holds the pages as Markdown. */
export function docsRoutes(folder: string): Router {
  const router = makeRouter()

  router.get('/docs', (_request, response) => {
    const pages = existsSync(folder) ? readdirSync(folder).filter((name) => /^[\w-]+\.md$/.test(name)) : []
    const list = pages
      .map((name) => ({ name, ...headOf(readFileSync(join(folder, name), 'utf8')) }))
      .sort((a, b) => a.title.localeCompare(b.title))
      .map(({ name, title, about }) => `<li><a href="docs/${name}">${title}</a><p>${about}</p></li>`)
    response.type('html').send(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="dark light">
<title>Reference · Citytwin</title>
<link rel="stylesheet" href="docs/docs.css">
<h1>Reference</h1>
<p><a href="./">The city</a> · how it is modelled, what every interface takes and gives.</p>
<ul>${list.join('')}</ul>
`)
  })

  router.get('/docs/:page', (request, response, next) => {
    const { page } = request.params
    const isSchema = page.endsWith('.json')
    if (!/^[\w.-]+\.(md|json)$/.test(page) || !existsSync(join(folder, page))) {
      next()
      return
    }
    response
      .type(isSchema ? 'application/schema+json' : 'text/plain; charset=utf-8')
      .sendFile(page, { root: folder })
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
  return { title: asHtml(title), about: asHtml(about) }
}

/** Without the marks of Markdown, which a list has no use for. */
function asHtml(markdown: string): string {
  return markdown
    .replace(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/\*\*|`|(?<!\w)_|_(?!\w)/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
}
