/** `/docs`: the reference pages as they are written, and a list of them. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Router as makeRouter, type Router } from 'express'

/** `folder` holds the pages as Markdown. */
export function docsRoutes(folder: string): Router {
  const router = makeRouter()

  router.get('/docs', (_request, response) => {
    const pages = existsSync(folder) ? readdirSync(folder).filter((name) => /^[\w-]+\.md$/.test(name)) : []
    const list = pages.sort().map((name) => `<li><a href="docs/${name}">${name.replace('.md', '')}</a></li>`)
    response.type('html').send(`<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="dark light">
<title>Citytwin reference</title>
<h1>Citytwin reference</h1>
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
