/** What whoever looks at this page may do, as the server says. */
import type { Access, Role } from '../../twin/protocol/roles.ts'
import { addressOf } from '../source/address.ts'
import { get } from './api.ts'

/** Rejects when the server does not answer. */
export const getAccess = () => get<Access>('/api/access')

export type Entered = { readonly role: Role } | 'wrong' | 'limited' | 'away'

/** Shows the server a token; the session comes as a cookie that no script reads. */
export async function enter(token: string): Promise<Entered> {
  try {
    const response = await fetch(addressOf('/api/session'), {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token }),
    })
    if (response.ok) return (await response.json()) as { role: Role }
    if (response.status === 429) return 'limited'
    return response.status < 500 ? 'wrong' : 'away'
  } catch {
    return 'away'
  }
}
