import { json, jsonParseLinter } from '@codemirror/lang-json'
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  syntaxHighlighting,
  syntaxTree,
} from '@codemirror/language'
import { type Diagnostic, forceLinting, linter } from '@codemirror/lint'
import { Compartment, EditorState, type Extension, RangeSetBuilder } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  EditorView,
  lineNumbers,
  ViewPlugin,
  type ViewUpdate,
} from '@codemirror/view'
import { minimalSetup } from 'codemirror'
import * as React from 'react'
import type { JsonEditorViewProps, JsonMark } from './json-editor-props.ts'

/** The editor itself: CodeMirror 6, kept in a file of its own so that it is loaded only when shown. */
export function JsonEditorView(props: JsonEditorViewProps): React.JSX.Element {
  const place = React.useRef<HTMLDivElement>(null)
  const editor = React.useRef<{ view: EditorView; variable: Compartment } | null>(null)
  // The editor outlives a render: it asks for what holds now.
  const latest = React.useRef(props)
  React.useLayoutEffect(() => {
    latest.current = props
  })

  React.useLayoutEffect(() => {
    const parent = place.current
    if (parent === null) return
    const variable = new Compartment()
    const view = new EditorView({
      parent,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          minimalSetup,
          lineNumbers(),
          json(),
          indentOnInput(),
          bracketMatching(),
          EditorView.lineWrapping,
          // An empty style in the place of CodeMirror's own colours: ours are set by jsonColours.
          syntaxHighlighting(HighlightStyle.define([])),
          jsonColours,
          linter((current) => diagnosticsOf(current, latest.current.marks)),
          EditorView.updateListener.of((update) => {
            const text = update.state.doc.toString()
            if (update.docChanged && text !== latest.current.value) latest.current.onChange(text)
          }),
          variable.of(extensionsOf(latest.current)),
        ],
      }),
    })
    editor.current = { view, variable }
    return () => {
      view.destroy()
      editor.current = null
    }
  }, [])

  const { value, marks, readOnly, label, labelledBy, describedBy, minLines, maxLines } = props
  React.useEffect(() => {
    const current = editor.current
    if (current === null) return
    const effects = current.variable.reconfigure(
      extensionsOf({ readOnly, label, labelledBy, describedBy, minLines, maxLines }),
    )
    current.view.dispatch({ effects })
  }, [readOnly, label, labelledBy, describedBy, minLines, maxLines])
  React.useEffect(() => {
    const view = editor.current?.view
    if (view === undefined || view.state.doc.toString() === value) return
    view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: value } })
  }, [value])
  React.useEffect(() => {
    const view = editor.current?.view
    if (view !== undefined && marks.length >= 0) forceLinting(view)
  }, [marks])

  return <div ref={place} />
}

type Variable = Omit<JsonEditorViewProps, 'value' | 'onChange' | 'marks'>

function extensionsOf(props: Variable): Extension {
  const attributes: Record<string, string> = { 'aria-multiline': 'true' }
  if (props.label !== undefined) attributes['aria-label'] = props.label
  if (props.labelledBy !== undefined) attributes['aria-labelledby'] = props.labelledBy
  if (props.describedBy !== undefined) attributes['aria-describedby'] = props.describedBy
  return [
    EditorState.readOnly.of(props.readOnly),
    EditorView.contentAttributes.of(attributes),
    EditorView.theme({
      '.cm-scroller': { maxHeight: `${props.maxLines * 20 + 8}px`, overflow: 'auto' },
      '.cm-content, .cm-gutter': { minHeight: `${props.minLines * 20 + 8}px` },
    }),
  ]
}

const classes: Record<string, Decoration> = {
  PropertyName: Decoration.mark({ class: 'json-key' }),
  String: Decoration.mark({ class: 'json-string' }),
  Number: Decoration.mark({ class: 'json-number' }),
  True: Decoration.mark({ class: 'json-number' }),
  False: Decoration.mark({ class: 'json-number' }),
  Null: Decoration.mark({ class: 'json-number' }),
}

/** Colours the visible part by our own tokens. */
const jsonColours = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = decorate(view)
    }
    update(update: ViewUpdate) {
      if (
        update.docChanged ||
        update.viewportChanged ||
        syntaxTree(update.startState) !== syntaxTree(update.state)
      ) {
        this.decorations = decorate(update.view)
      }
    }
  },
  { decorations: (plugin) => plugin.decorations },
)

function decorate(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { from, to } of view.visibleRanges) {
    syntaxTree(view.state).iterate({
      from,
      to,
      enter: (node) => {
        const mark = classes[node.name]
        if (mark !== undefined) builder.add(node.from, node.to, mark)
      },
    })
  }
  return builder.finish()
}

const parseErrors = jsonParseLinter()

/** The errors of syntax, except for an empty text, and the marks of others. */
function diagnosticsOf(view: EditorView, marks: readonly JsonMark[]): Diagnostic[] {
  const { doc } = view.state
  const own = doc.toString().trim() === '' ? [] : parseErrors(view)
  const others = marks.map((mark): Diagnostic => {
    const line = doc.line(Math.min(doc.lines, Math.max(1, mark.line)))
    const from = Math.min(line.to, line.from + Math.max(0, mark.column - 1))
    return { from, to: Math.max(from, line.to), severity: 'error', message: mark.message }
  })
  return [...own, ...others]
}
