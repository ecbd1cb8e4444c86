/** Addresses of the page's own server, which may be under a path of a host that has others, as `/citytwin/`. */

/** Where `path` is, written from the server's root; the page itself is always right under it, as `/plan`. */
export function addressOf(path: string): string {
  return path.startsWith('/') ? `.${path}` : path
}

/** The same, complete: for what resolves addresses by itself, or keeps them. */
export function fullAddressOf(path: string): string {
  return new URL(addressOf(path), location.href).href
}
