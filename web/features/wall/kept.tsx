import { Component, type ReactNode } from 'react'

const AGAIN_MS = 5000

/** What fails is tried again by itself: nobody will press a button. */
export class Kept extends Component<{ children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }
  #timer: ReturnType<typeof setTimeout> | null = null

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override componentDidCatch() {
    this.#timer = setTimeout(() => this.setState({ failed: false }), AGAIN_MS)
  }

  override componentWillUnmount() {
    if (this.#timer !== null) clearTimeout(this.#timer)
  }

  override render() {
    return this.state.failed ? null : this.props.children
  }
}
