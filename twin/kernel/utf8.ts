/** UTF-8 without TextEncoder, which the pure engine may not use. */

/** The UTF-8 bytes of `text`. */
export function utf8FromText(text: string): Uint8Array {
  const bytes = new Uint8Array(text.length * 3)
  let at = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.codePointAt(i)!
    if (code > 0xffff) i++
    if (code < 0x80) bytes[at++] = code
    else if (code < 0x800) {
      bytes[at++] = 0xc0 | (code >> 6)
      bytes[at++] = 0x80 | (code & 63)
    } else if (code < 0x10000) {
      bytes[at++] = 0xe0 | (code >> 12)
      bytes[at++] = 0x80 | ((code >> 6) & 63)
      bytes[at++] = 0x80 | (code & 63)
    } else {
      bytes[at++] = 0xf0 | (code >> 18)
      bytes[at++] = 0x80 | ((code >> 12) & 63)
      bytes[at++] = 0x80 | ((code >> 6) & 63)
      bytes[at++] = 0x80 | (code & 63)
    }
  }
  return bytes.slice(0, at)
}

/** The text of valid UTF-8 bytes. */
export function textFromUtf8(bytes: Uint8Array): string {
  const parts: string[] = []
  let codes: number[] = []
  for (let i = 0; i < bytes.length;) {
    const lead = bytes[i++]
    if (lead < 0x80) codes.push(lead)
    else if (lead < 0xe0) codes.push(((lead & 31) << 6) | (bytes[i++] & 63))
    else if (lead < 0xf0) codes.push(((lead & 15) << 12) | ((bytes[i++] & 63) << 6) | (bytes[i++] & 63))
    else
      codes.push(
        ((lead & 7) << 18) | ((bytes[i++] & 63) << 12) | ((bytes[i++] & 63) << 6) | (bytes[i++] & 63),
      )
    if (codes.length > 4096) {
      parts.push(String.fromCodePoint(...codes))
      codes = []
    }
  }
  parts.push(String.fromCodePoint(...codes))
  return parts.join('')
}
