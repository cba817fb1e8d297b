import type { JSX } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { CheckedForm, FieldValues, OperationsView, PageMessage } from '../../domain/operations/pageMessages.ts';
import { Form } from './form.tsx';
import { onMessage, readSaved, type PageApi, type SavedState } from './host.ts';
import { List } from './list.tsx';

const nothing: FieldValues = {};

/** The page: the list of operations, and the form of one. */
export function App({ api }: { readonly api: PageApi }): JSX.Element {
  const { view, checked, request, saved, save, edit } = useHost(api);
  const post = useCallback((message: PageMessage) => api.postMessage(message), [api]);
  const { open, search } = saved;
  const form = view?.form?.id === open ? view?.form : undefined;
  const operation = view?.operations.find(({ id }) => id === open);
  const show = (id: string | undefined): void => {
    save({ open: id });
    post(id === undefined ? { type: 'open' } : { type: 'open', id });
  };
  const hasForm = form !== undefined && operation !== undefined;
  return (
    <div class={hasForm ? 'page with-form' : 'page without-form'}>
      <List
        operations={view?.operations ?? []}
        search={search}
        open={open}
        onSearch={(text) => save({ search: text })}
        onOpen={show}
      />
      {hasForm ? (
        <Form
          key={form.id}
          operation={operation}
          form={form}
          values={saved.values[form.id] ?? nothing}
          checked={checked?.id === form.id ? checked : undefined}
          isCurrent={checked?.id === form.id && checked.request === request}
          onValues={(values) => edit(form.id, values)}
          onBack={() => show(undefined)}
          onOpen={show}
          post={post}
        />
      ) : (
        <div class="form">
          <div class="empty">
            <h1>Operations</h1>
            <p>Select an operation. Operations that submit or vote start with a dry run.</p>
          </div>
        </div>
      )}
    </div>
  );
}

interface Hosted {
  readonly view: OperationsView | undefined;
  readonly checked: CheckedForm | undefined;
  /** The number of the edit that was sent last. */
  readonly request: number;
  readonly saved: SavedState;
  readonly save: (change: Partial<SavedState>) => void;
  readonly edit: (id: string, values: FieldValues) => void;
}

/** What the host sends, and what the page keeps over a reload. */
function useHost(api: PageApi): Hosted {
  const [saved, setSaved] = useState(() => readSaved(api.getState()));
  const [view, setView] = useState<OperationsView>();
  const [checked, setChecked] = useState<CheckedForm>();
  const [request, setRequest] = useState(0);
  const latest = useRef({ saved, request, open: undefined as string | undefined });
  latest.current.saved = saved;

  const save = useCallback(
    (change: Partial<SavedState>) => {
      const next = { ...latest.current.saved, ...change };
      latest.current.saved = next;
      api.setState(next);
      setSaved(next);
    },
    [api],
  );
  const edit = useCallback(
    (id: string, values: FieldValues) => {
      save({ values: { ...latest.current.saved.values, [id]: values } });
      const next = (latest.current.request += 1);
      setRequest(next);
      api.postMessage({ type: 'edit', id, request: next, values });
    },
    [api, save],
  );
  useEffect(() => {
    const stop = onMessage((message) => {
      if (message.type === 'checked') {
        setChecked(message);
        return;
      }
      setView(message);
      const { form, isOpened, values } = message;
      const isNew = form !== undefined && form.id !== latest.current.open;
      latest.current.open = form?.id;
      if (form === undefined) return;
      if (isOpened === true) save({ open: form.id });
      if (values !== undefined) edit(form.id, values);
      else if (isNew) edit(form.id, latest.current.saved.values[form.id] ?? nothing);
    });
    const { open } = latest.current.saved;
    api.postMessage(open === undefined ? { type: 'ready' } : { type: 'ready', open });
    return stop;
  }, [api, edit, save]);
  return { view, checked, request, saved, save, edit };
}
