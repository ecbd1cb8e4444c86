/** Before a face that not everyone may open: lets in who may, and asks the rest for a token. Stands open on a server of one's own. */
import { useEffect, useState, type ReactNode } from 'react'
import { holdsOne, rolesOfFace, type Access, type Face } from '../../../twin/protocol/roles.ts'
import { enter, getAccess, type Entered } from '../../shell/access.ts'
import { TokenForm } from './TokenForm.tsx'

// A token may be revoked while its page is open.
const ASK_AGAIN_MS = 15_000

type State =
  { readonly kind: 'asking' | 'in' | 'ended' } | { readonly kind: 'out'; readonly tried: Entered | undefined }

export interface AccessGateProps {
  readonly face: Face
  /** From a ready link. */
  readonly token: string | undefined
  readonly waiting: ReactNode
  readonly children: ReactNode
}

export function AccessGate({ face, token, waiting, children }: AccessGateProps) {
  const [state, setState] = useState<State>({ kind: 'asking' })
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let isGone = false
    const judge = (access: Access, tried: Entered | undefined) => {
      const isIn = holdsOne(access.roles, rolesOfFace[face])
      setState((before) => {
        if (isIn) return { kind: 'in' }
        return before.kind === 'in' ? { kind: 'ended' } : { kind: 'out', tried }
      })
      if (isIn && access.isOpen) timer = setTimeout(() => void ask(undefined), ASK_AGAIN_MS)
    }
    const ask = async (tried: Entered | undefined) => {
      try {
        const access = await getAccess()
        if (!isGone) judge(access, tried)
      } catch {
        // whoever is in stays: the face says that the server is away, and the server checks every command
        if (isGone) return
        setState((before) => (before.kind === 'asking' ? { kind: 'in' } : before))
        timer = setTimeout(() => void ask(undefined), ASK_AGAIN_MS)
      }
    }
    void (token === undefined ? Promise.resolve(undefined) : enter(token)).then(ask)
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [face, token])
  if (state.kind === 'asking') return waiting
  if (state.kind === 'in') return children
  return (
    <TokenForm
      face={face}
      hasEnded={state.kind === 'ended'}
      tried={state.kind === 'out' ? state.tried : undefined}
    />
  )
}
