/** Which face an address asks for, and the token that a ready link carries. */
import type { Face } from '../../twin/protocol/roles.ts'

/** By the last part of the path: the server may be under any other. */
export function faceOf(pathname: string): Face {
  const last = pathname.split('/').at(-1)
  return last === 'plan' || last === 'desk' || last === 'wall' ? last : 'public'
}

/** Whether an address asks for what is published, which is no face: nothing lives on it. */
export function isPublished(pathname: string): boolean {
  return pathname.split('/').at(-1) === 'published'
}

/** The token in a fragment or in a pasted link; undefined when there is none. */
export function tokenIn(text: string): string | undefined {
  return /#token=([\w.-]+)/.exec(text)?.[1]
}

/** Takes the token out of the address bar, so that it is neither seen nor kept as a bookmark. */
export function takeToken(): string | undefined {
  const token = tokenIn(location.hash)
  if (token !== undefined) history.replaceState(null, '', location.pathname + location.search)
  return token
}
