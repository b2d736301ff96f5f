import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { bracketMatching, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { linter } from '@codemirror/lint';
import { Annotation, Compartment, EditorState, type Extension } from '@codemirror/state';
import { EditorView, keymap } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { getNonce } from 'get-nonce';
import { useEffect, useEffectEvent, useRef } from 'react';
import classes from './json-editor.module.css';

interface JsonEditorProps {
  label: string;
  field: string | undefined;
  /** Id of what says that something is wrong with it. */
  describedBy: string | undefined;
  value: string;
  onChange: (text: string) => void;
}

/** A change that came from outside is not told to the outside again. */
const fromOutside = Annotation.define<boolean>();
const PAUSE_MS = 400;

const COLOURS = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--running-text)' },
  { tag: tags.string, color: 'var(--ran-text)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--missed-text)' },
]);

/** CodeMirror for JSON. Tab leaves it, as it does any field. Loaded by `JsonInput`. */
export default function JsonEditor({ label, field, describedBy, value, onChange }: JsonEditorProps) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(null);
  const attributes = useRef(new Compartment());
  const tell = useEffectEvent(onChange);
  const first = useEffectEvent(() => ({ value, attributes: attributesOf(label, field, describedBy) }));

  useEffect(() => {
    if (!place.current) return;
    const start = first();
    const editor = new EditorView({
      parent: place.current,
      state: EditorState.create({
        doc: start.value,
        extensions: [
          EXTENSIONS,
          attributes.current.of(start.attributes),
          EditorView.updateListener.of(({ docChanged, state, transactions }) => {
            const isOurs = transactions.some((one) => one.annotation(fromOutside) === true);
            if (docChanged && !isOurs) tell(state.doc.toString());
          }),
        ],
      }),
    });
    view.current = editor;
    return () => editor.destroy();
  }, []);

  useEffect(() => {
    const editor = view.current;
    if (!editor || editor.state.doc.toString() === value) return;
    const changes = { from: 0, to: editor.state.doc.length, insert: value };
    editor.dispatch({ changes, annotations: fromOutside.of(true) });
  }, [value]);

  useEffect(() => {
    const effects = attributes.current.reconfigure(attributesOf(label, field, describedBy));
    view.current?.dispatch({ effects });
  }, [label, field, describedBy]);

  return <div ref={place} className={classes.editor} data-invalid={describedBy !== undefined || undefined} />;
}

const EXTENSIONS: Extension = [
  history(),
  // Which in a form saves it.
  keymap.of([...defaultKeymap.filter(({ key }) => key !== 'Mod-Enter'), ...historyKeymap]),
  json(),
  syntaxHighlighting(COLOURS),
  bracketMatching(),
  indentOnInput(),
  linter((editor) => (editor.state.doc.length === 0 ? [] : jsonParseLinter()(editor)), { delay: PAUSE_MS }),
  EditorView.lineWrapping,
  // The page's policy lets in only style elements that carry it.
  EditorView.cspNonce.of(getNonce() ?? ''),
];

function attributesOf(label: string, field: string | undefined, describedBy: string | undefined): Extension {
  return EditorView.contentAttributes.of({
    'aria-label': label,
    ...(field !== undefined && { 'data-field': field }),
    ...(describedBy !== undefined && { 'aria-invalid': 'true', 'aria-describedby': describedBy }),
  });
}
