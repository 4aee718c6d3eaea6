import type { CustomLayerInterface, Map as MapLibre } from 'maplibre-gl'
import type { Look } from './look.ts'

export interface PlacedPulse {
  lon: number
  lat: number
  strength: number
}

/** Pixels around the middle that the outer ring and its edge take. */
const REACH = 20
const VERTEX = `#version 300 es
layout(location = 0) in vec3 pulse;
uniform vec2 room;
uniform float scale;
out vec2 from;
out float strength;
void main() {
  from = (vec2(gl_VertexID & 1, gl_VertexID >> 1) * 2.0 - 1.0) * ${REACH}.0;
  strength = pulse.z;
  vec2 at = (pulse.xy + from * scale) / room;
  gl_Position = vec4(at.x * 2.0 - 1.0, 1.0 - at.y * 2.0, 0.0, 1.0);
}`
/** A dot and two rings around it, each fading over the last pixel of its edges as MapLibre's circles do. */
const FRAGMENT = `#version 300 es
precision highp float;
uniform vec3 ink;
uniform float pixel;
in vec2 from;
in float strength;
out vec4 colour;
float within(float far, float radius) { return 1.0 - smoothstep(radius - pixel, radius, far); }
float ring(float far, float radius, float width) {
  return smoothstep(radius - pixel, radius, far) * within(far, radius + width);
}
void main() {
  float far = length(from);
  float shown = within(far, 3.5) + ring(far, 10.0, 1.75) + 0.5 * ring(far, 18.0, 1.0);
  colour = vec4(ink, 1.0) * (strength * shown);
}`

/**
 * Requests that have just arrived, drawn with the frame that tells of them. As points of a source they would pass through the
 * worker, once for each tile in sight, and the whole map would be drawn again for each that comes back.
 */
export class PulseLayer implements CustomLayerInterface {
  readonly id = 'pulse'
  readonly type = 'custom'
  #map: MapLibre | null = null
  #program: WebGLProgram | null = null
  #buffer: WebGLBuffer | null = null
  #array: WebGLVertexArrayObject | null = null
  #room = { width: 1, height: 1 }
  #pulses: readonly PlacedPulse[] = []
  #look: Pick<Look, 'palette' | 'scale'>

  constructor(look: Pick<Look, 'palette' | 'scale'>) {
    this.#look = look
  }

  setLook(look: Pick<Look, 'palette' | 'scale'>) {
    this.#look = look
  }

  get isEmpty() {
    return this.#pulses.length === 0
  }

  setPulses(pulses: readonly PlacedPulse[]) {
    if (this.isEmpty && pulses.length === 0) return
    this.#pulses = pulses
    this.#map?.triggerRepaint()
  }

  onAdd(map: MapLibre, gl: WebGL2RenderingContext) {
    this.#map = map
    this.#measure()
    map.on('resize', this.#measure)
    this.#program = linked(gl)
    this.#buffer = gl.createBuffer()
    this.#array = gl.createVertexArray()
    gl.bindVertexArray(this.#array)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer)
    gl.enableVertexAttribArray(0)
    gl.vertexAttribPointer(0, 3, gl.FLOAT, false, 0, 0)
    gl.vertexAttribDivisor(0, 1)
    gl.bindVertexArray(null)
  }

  onRemove(map: MapLibre, gl: WebGL2RenderingContext) {
    map.off('resize', this.#measure)
    gl.deleteProgram(this.#program)
    gl.deleteBuffer(this.#buffer)
    gl.deleteVertexArray(this.#array)
    this.#map = null
  }

  /** Asked with each picture, the canvas would have the page laid out first. */
  readonly #measure = () => {
    const { clientWidth, clientHeight } = this.#map?.getCanvas() ?? {}
    if (clientWidth && clientHeight) this.#room = { width: clientWidth, height: clientHeight }
  }

  render(gl: WebGL2RenderingContext) {
    if (this.#map && this.#program && !this.isEmpty) this.#draw(gl, this.#map, this.#program)
  }

  #draw(gl: WebGL2RenderingContext, map: MapLibre, program: WebGLProgram) {
    const { width, height } = this.#room
    const { palette, scale } = this.#look
    const places = this.#pulses.flatMap(({ lon, lat, strength }) => {
      const { x, y } = map.project([lon, lat])
      return [x, y, strength]
    })
    // biome-ignore lint/correctness/useHookAtTopLevel: a word of the graphics context
    gl.useProgram(program)
    gl.uniform2f(gl.getUniformLocation(program, 'room'), width, height)
    gl.uniform1f(gl.getUniformLocation(program, 'scale'), scale)
    gl.uniform1f(gl.getUniformLocation(program, 'pixel'), 1 / (map.getPixelRatio() * scale))
    gl.uniform3fv(gl.getUniformLocation(program, 'ink'), partsOf(palette.ink))
    gl.bindVertexArray(this.#array)
    gl.bindBuffer(gl.ARRAY_BUFFER, this.#buffer)
    gl.bufferData(gl.ARRAY_BUFFER, Float32Array.from(places), gl.DYNAMIC_DRAW)
    gl.drawArraysInstanced(gl.TRIANGLE_STRIP, 0, 4, this.#pulses.length)
    gl.bindVertexArray(null)
  }
}

/** Of `#rrggbb`, from 0 to 1. */
const partsOf = (colour: string) =>
  [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)

function linked(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram()
  for (const [type, source] of [
    [gl.VERTEX_SHADER, VERTEX],
    [gl.FRAGMENT_SHADER, FRAGMENT],
  ] as const) {
    const shader = gl.createShader(type)
    if (!shader) continue
    gl.shaderSource(shader, source)
    gl.compileShader(shader)
    gl.attachShader(program, shader)
    gl.deleteShader(shader)
  }
  gl.linkProgram(program)
  return program
}
