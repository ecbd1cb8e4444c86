/** The page: what vite built, in the smallest form the browser takes. While there is none, a page that says so. */
import { existsSync } from 'node:fs'
import { extname, join, normalize, sep } from 'node:path'
import type { Request, Response, Router } from 'express'
import { Router as makeRouter } from 'express'
import type { ApiContext } from './context.ts'

/** Paths that open the page; each is a face. */
const faces = ['/', '/plan', '/desk', '/wall', '/published']

const encodings = [
  { name: 'br', ending: '.br' },
  { name: 'gzip', ending: '.gz' },
] as const

const STARTING = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="color-scheme" content="dark light">
<meta http-equiv="refresh" content="1">
<link rel="icon" href="data:,">
<title>Citytwin is starting</title>
<h1>Citytwin is starting</h1>
<p>The page is being built, which takes some seconds the first time. This page looks again by itself.</p>
`

export function pageRoutes(context: ApiContext): Router {
  const router = makeRouter()
  router.get(faces, (request, response) => {
    response.set('Cache-Control', 'no-cache')
    if (context.page === undefined) response.type('html').send(STARTING)
    else sendBuilt(request, response, context.page, 'index.html')
  })
  router.get(/^\/(?:assets|gallery|icons|fonts)\/|^\/[\w-]+\.\w+$/, (request, response, next) => {
    const path = normalize(decodeURIComponent(request.path)).slice(1)
    const isHidden = path.split(/[/\\]/).some((part) => part.startsWith('.'))
    if (context.page === undefined || isHidden || !existsSync(join(context.page, path))) {
      next()
      return
    }
    // vite puts a hash of the content into the names of its assets
    const isHashed = path.startsWith(`assets${sep}`)
    response.set('Cache-Control', isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600')
    sendBuilt(request, response, context.page, path)
  })
  return router
}

function sendBuilt(request: Request, response: Response, folder: string, path: string): void {
  const packed = encodings.filter(({ ending }) => existsSync(join(folder, path + ending)))
  const encoding = packed.find(({ name }) => request.acceptsEncodings(name) === name)
  if (packed.length > 0) response.vary('Accept-Encoding')
  response.type(extname(path))
  if (encoding !== undefined) response.set('Content-Encoding', encoding.name)
  response.sendFile(path + (encoding?.ending ?? ''), { root: folder, cacheControl: false, dotfiles: 'deny' })
}
