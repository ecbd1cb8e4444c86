/** A picture that a page has sent as a data URL: what it is by its first bytes, whatever it calls itself. */

const kinds = [
  { type: 'image/png', begins: [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a], at: 0 },
  { type: 'image/jpeg', begins: [0xff, 0xd8, 0xff], at: 0 },
  { type: 'image/webp', begins: [0x57, 0x45, 0x42, 0x50], at: 8 },
] as const

/** Undefined for what is none of these. */
export function readPicture(dataUrl: string): { readonly type: string; readonly bytes: Buffer } | undefined {
  const match = /^data:image\/(?:png|jpeg|webp);base64,([A-Za-z0-9+/]+={0,2})$/.exec(dataUrl)
  if (match === null) return undefined
  const bytes = Buffer.from(match[1], 'base64')
  const kind = kinds.find(({ begins, at }) => begins.every((byte, i) => bytes[at + i] === byte))
  return kind && { type: kind.type, bytes }
}
