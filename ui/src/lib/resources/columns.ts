// Columns of the resources grid, of who holds rights on one, and of the rights of one user.
import type { Snippet } from 'svelte';
import type {
  AccountId,
  ResourceColumn,
  ResourceHolderView,
  ResourceRightView,
  ResourceRow,
} from '$lib/backend/bindings';
import type { Column } from '$lib/components/grid/columns';
import { i18n, t } from '$lib/i18n/i18n.svelte';
import { levelText, modeText, whyText } from './words';

/** What columns need from their screen. */
interface Context {
  readonly accountName: (id: AccountId) => string;
  /** Whether rows of several accounts stand together. */
  readonly withAccount: boolean;
  /** Whether rights on single resources are visible in this account. */
  readonly rightsVisible: (id: AccountId) => boolean;
  readonly active: Snippet<[ResourceRow]>;
  readonly count: Snippet<[ResourceRow, string]>;
  /** Whether some account tells who is alerted. */
  readonly withRecipients: boolean;
  readonly told: Snippet<[ResourceRow]>;
}

/** The columns of the resources, in the person's language. */
export function resourceColumns(context: Context): Column<ResourceRow>[] {
  const { accountName, withAccount, rightsVisible, active, count, withRecipients, told } = context;
  const column = (id: ResourceColumn, width: number) => ({
    id,
    label: t(`resources.column.${id}`),
    width,
    sortable: true,
  });
  const account: Column<ResourceRow> = { ...column('account', 150), text: (row) => accountName(row.accountId) };
  const holders = (id: 'viewData' | 'view' | 'edit', width: number): Column<ResourceRow> => ({
    ...column(id, width),
    text: (row) => holdersText(row[id], rightsVisible(row.accountId)),
    title: (row) =>
      row[id] === null && !rightsVisible(row.accountId)
        ? t('resources.hidden.explained')
        : holdersText(row[id], rightsVisible(row.accountId)),
    align: 'end',
    cell: count,
  });
  const recipients: Column<ResourceRow> = {
    ...column('recipients', 120),
    text: recipientsText,
    title: (row) =>
      row.recipients === null && row.kind === 'alertDefinition'
        ? t('resources.column.recipients.hidden')
        : recipientsText(row),
    align: 'end',
    cell: told,
  };
  return [
    { ...column('displayName', 250), fixed: true, text: (row) => row.displayName },
    ...(withAccount ? [account] : []),
    { ...column('kind', 135), text: (row) => t(`resources.kind.${row.kind}`) },
    { ...column('type', 130), text: (row) => row.monitorType ?? '' },
    { ...column('mode', 115), text: (row) => modeText(row.mode) },
    { ...column('active', 130), text: activeText, cell: active },
    ...(withRecipients ? [recipients] : []),
    holders('viewData', 125),
    holders('view', 145),
    holders('edit', 100),
  ];
}

/** Whether it is switched on; nothing where that is not said of its kind. */
export function activeText({ active, kind }: ResourceRow): string {
  if (active === null) return kind === 'monitor' ? t('users.notReported') : '';
  return t(active ? 'common.yes' : 'resources.off');
}

/** How many; “not visible” where rights are not shown, which is not the same as none. */
export function holdersText(holders: number | null, visible: boolean): string {
  if (holders !== null) return i18n.number(holders);
  return visible ? '' : t('resources.hidden');
}

/** How many people are told; “not visible” where that is not shown, which is not the same as none. */
export function recipientsText({ recipients, kind }: ResourceRow): string {
  if (recipients !== null) return i18n.number(recipients);
  return kind === 'alertDefinition' ? t('resources.hidden') : '';
}

/** The columns of who holds rights on a resource. */
export function holderColumns(): Column<ResourceHolderView>[] {
  const column = (id: 'name' | 'level' | 'why', width: number) => ({
    id,
    label: t(`resources.holder.${id}`),
    width,
    sortable: false,
  });
  return [
    { ...column('name', 200), fixed: true, text: ({ displayName }) => displayName },
    { ...column('level', 170), text: ({ level, origins }) => levelText(level, origins) },
    { ...column('why', 520), text: ({ origins }) => whyText(origins) },
  ];
}

/** The columns of what one user may do with which resource. */
export function rightColumns(buttons?: Snippet<[ResourceRightView]>): Column<ResourceRightView>[] {
  const plain = { sortable: false } as const;
  return [
    {
      ...plain,
      id: 'name',
      label: t('resources.column.displayName'),
      width: 220,
      fixed: true,
      text: ({ resource }) => resource,
    },
    {
      ...plain,
      id: 'kind',
      label: t('resources.kind'),
      width: 135,
      text: ({ kind }) => t(`resources.kind.${kind}`),
    },
    {
      ...plain,
      id: 'level',
      label: t('resources.holder.level'),
      width: 170,
      text: ({ level, origins }) => levelText(level, origins),
    },
    ...(buttons
      ? [{ ...plain, id: 'actions', label: t('resources.edit.change'), width: 110, text: () => '', cell: buttons }]
      : []),
    { ...plain, id: 'why', label: t('resources.holder.why'), width: 460, text: ({ origins }) => whyText(origins) },
  ];
}
