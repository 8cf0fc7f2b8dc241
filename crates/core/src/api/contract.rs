//! The one list of commands.

use ts_rs::{Config, TS};

use super::*;
use crate::model::{
    AccountFacts, AccountId, Action, Authentication, BillingPeriod, BlockReason, CallOutcome, Capabilities,
    ChangeState, Counts, Edit, EditKind, EditableField, FieldConflict, FieldEdit, FieldKind, FieldOption,
    FieldProblem, FieldReason, GrantHolder, GroupKind, HolderKind, InvitationMessage, InvitationRules,
    LocalSeconds, MemberKind, OffDutyRule, Paging, PasswordChoice, Phase, ProviderKind, RecipientKind,
    RemoteId, ResourceKind, Right, RoleScope, RosterPreset, RosterTerms, RunKind, RunState, Secret,
    SecretState, ServiceDaylight, ServiceZone, ShownBy, Stream, Subject, Tally, Timestamp, TokenKind,
    TokenState,
};

/// Declares every command once: name, request, view.
macro_rules! contract {
    ($( $(#[doc = $doc:literal])+ $name:ident($request:ty) -> $view:ty; )+) => {
        /// Names of all commands, in the order of the contract.
        pub const COMMAND_NAMES: &[&str] = &[$( stringify!($name) ),+];

        /// The TypeScript type that maps a command to its request and view.
        fn commands(config: &Config) -> String {
            let mut text = String::from("/** Every command with its request and its view. */\nexport type Commands = {\n");
            $(
                text.push_str("  /**");
                $( text.push_str($doc); )+
                text.push_str(" */\n");
                text.push_str(&format!(
                    "  {}: {{ request: {}; view: {} }};\n",
                    stringify!($name), <$request as TS>::name(config), <$view as TS>::name(config)
                ));
            )+
            text.push_str("};\n");
            text
        }
    };
}

/// The one list of commands: hands it to the macro `$receive`, here and in the shell.
#[macro_export]
macro_rules! with_commands {
    ($receive:ident) => {
        $receive! {
            /// State of the application; opens the local data on the first call.
            get_app_state(EmptyRequest) -> AppStateView;
            /// Opens the local data, again or for this session only.
            open_store(OpenStoreRequest) -> AppStateView;
            /// All accounts.
            list_accounts(EmptyRequest) -> AccountListView;
            /// Tries an account without keeping anything.
            test_connection(TestConnectionRequest) -> ConnectionReportView;
            /// Connects an account.
            connect_account(ConnectAccountRequest) -> AccountView;
            /// Replaces an account's credential.
            replace_credential(ReplaceCredentialRequest) -> AccountView;
            /// Tries another way to reach an account without keeping anything.
            test_account_connection(ConnectionRequest) -> ConnectionReportView;
            /// Changes where an account is and how to sign in, after trying it.
            update_connection(ConnectionRequest) -> AccountView;
            /// Changes name and interval of an account.
            update_account(UpdateAccountRequest) -> AccountView;
            /// Removes the credential, keeps the mirror.
            sign_out(AccountRequest) -> AccountView;
            /// What forgetting an account would remove.
            preview_forget(AccountRequest) -> ForgetPreviewView;
            /// Removes an account with everything of it from this computer.
            forget_account(AccountRequest) -> ForgottenView;
            /// Connects the built-in sample accounts.
            open_samples(EmptyRequest) -> AccountListView;
            /// Starts a sync.
            start_sync(AccountRequest) -> SyncStartedView;
            /// Stops a running sync.
            cancel_sync(AccountRequest) -> SyncStateView;
            /// Decides about a plan that the guard stopped.
            resolve_guard(ResolveGuardRequest) -> RunView;
            /// The cards.
            get_hub(HubRequest) -> HubView;
            /// A page of users.
            query_users(UserQueryRequest) -> UserPageView;
            /// Whether a filter can be understood.
            check_filter(CheckFilterRequest) -> FilterCheckView;
            /// What could be typed next in a filter.
            complete_filter(CompleteFilterRequest) -> CompletionsView;
            /// What a result is made of.
            get_facets(FacetsRequest) -> FacetsView;
            /// The kept filters with their counts.
            list_saved_filters(EmptyRequest) -> SavedFilterListView;
            /// Keeps a filter.
            save_filter(SaveFilterRequest) -> SavedFilterListView;
            /// Gives a kept filter another name or text.
            update_saved_filter(UpdateSavedFilterRequest) -> SavedFilterListView;
            /// Notes that a kept filter was opened: whoever it finds now is no longer new.
            open_saved_filter(SavedFilterRequest) -> SavedFilterListView;
            /// Puts the kept filters into another order.
            reorder_saved_filters(ReorderSavedFiltersRequest) -> SavedFilterListView;
            /// Removes a kept filter.
            delete_saved_filter(SavedFilterRequest) -> SavedFilterListView;
            /// People, groups and roles of all accounts by a few letters.
            search_palette(PaletteRequest) -> PaletteView;
            /// One user.
            get_user(UserRequest) -> UserDetailView;
            /// A page of groups.
            query_groups(GroupQueryRequest) -> GroupPageView;
            /// One group.
            get_group(GroupRequest) -> GroupDetailView;
            /// A page of roles.
            query_roles(RoleQueryRequest) -> RolePageView;
            /// One role.
            get_role(RoleRequest) -> RoleDetailView;
            /// Which role of an account allows what.
            get_role_matrix(RoleMatrixRequest) -> RoleMatrixView;
            /// Everything that a role could allow.
            list_permissions(AccountRequest) -> PermissionsView;
            /// A page of applications.
            query_applications(ApplicationQueryRequest) -> ApplicationPageView;
            /// One application.
            get_application(ApplicationRequest) -> ApplicationDetailView;
            /// A page of invitations.
            query_invitations(InvitationQueryRequest) -> InvitationPageView;
            /// A page of tokens.
            query_tokens(TokenQueryRequest) -> TokenPageView;
            /// A page of tokens by owner.
            query_token_owners(TokenOwnersRequest) -> TokenOwnersView;
            /// The ends of a month.
            get_token_calendar(TokenCalendarRequest) -> TokenCalendarView;
            /// What is to be told now of tokens that expire; it counts as told.
            take_token_notices(EmptyRequest) -> TokenNoticesView;
            /// Reads a pasted list of API users.
            preview_api_users(PreviewApiUsersRequest) -> ApiUsersImportView;
            /// Lets the person choose a file of API users and reads it.
            import_api_users_file(ApiUsersFileRequest) -> ApiUsersChosenView;
            /// Reads the list of API users in another way.
            update_api_users_import(UpdateApiUsersRequest) -> ApiUsersImportView;
            /// A page of rows of the list, each with what becomes of it.
            query_api_user_rows(ApiUserRowsRequest) -> ApiUserRowsView;
            /// Keeps the list in the place of the one that is here.
            take_api_users(TakeApiUsersRequest) -> ApiUsersTakenView;
            /// Gives the list up.
            discard_api_users(ApiUsersImportRequest) -> ApiUsersFoundView;
            /// Takes one API user off the list here.
            remove_imported_api_user(ImportedApiUserRequest) -> ApiUsersFoundView;
            /// Who is on duty.
            get_duty(DutyRequest) -> DutyView;
            /// What was given to one group.
            get_group_rights(ResourceRequest) -> GroupRightsView;
            /// Chooses the zone in which the times of an account are meant.
            set_time_zone(TimeZoneRequest) -> AccountView;
            /// What one user may do.
            get_user_rights(UserRequest) -> UserRightsView;
            /// What stands out in an account.
            list_findings(AccountRequest) -> FindingsView;
            /// A page of resources.
            query_resources(ResourceQueryRequest) -> ResourcePageView;
            /// A page of who may do what with which resource.
            query_access(AccessQueryRequest) -> AccessPageView;
            /// One resource.
            get_resource(ResourceRequest) -> ResourceDetailView;
            /// Who is told of one resource, and who would be right now.
            get_recipients(ResourceRequest) -> RecipientsView;
            /// What reaches a user or a group.
            get_reaching(ReachingRequest) -> ReachingView;
            /// A page of the service's own log.
            query_log(LogQueryRequest) -> LogPageView;
            /// A page of history.
            query_history(HistoryQueryRequest) -> HistoryPageView;
            /// A page of what is different between two moments.
            compare(CompareRequest) -> CompareView;
            /// A page of the users as they were.
            query_past_users(PastUserQueryRequest) -> PastUserPageView;
            /// One user as it was.
            get_past_user(PastUserRequest) -> PastUserView;
            /// A page of runs.
            query_runs(RunQueryRequest) -> RunPageView;
            /// One run.
            get_run(RunRequest) -> RunDetailView;
            /// Reads a stretch of the service's own log.
            read_log(ReadLogRequest) -> LogReadView;
            /// Writes a list into a file that the person chooses.
            export_list(ExportListRequest) -> ExportedView;
            /// Stops an export.
            cancel_export(ExportRequest) -> ExportFoundView;
            /// Shows an exported file where it lies.
            show_export(ExportRequest) -> ExportFoundView;
            /// Rows as text for the clipboard.
            copy_rows(CopyRowsRequest) -> CopiedRowsView;
            /// Who is selected.
            resolve_selection(ResolveSelectionRequest) -> SelectionView;
            /// Lets the person choose a file of users and reads it.
            import_file(ImportFileRequest) -> ImportChosenView;
            /// Reads the file in another way.
            update_import(UpdateImportRequest) -> ImportView;
            /// A page of its rows, each with what becomes of it.
            query_import_rows(ImportRowsRequest) -> ImportRowsView;
            /// Keeps the ready rows as changes, all or none.
            propose_import(ImportRequest) -> ImportProposedView;
            /// Gives the file up.
            discard_import(ImportRequest) -> ImportFoundView;
            /// What edits would do.
            preview_edits(PreviewEditsRequest) -> PlanView;
            /// Keeps edits as changes, all or none.
            propose_changes(EditsRequest) -> ProposedView;
            /// What would become of addresses that are to be invited.
            check_invitees(InviteesRequest) -> InviteesView;
            /// Lets the person choose a file and reads the addresses in it.
            read_invitee_file(InviteeFileRequest) -> InviteeFileView;
            /// What an edit of everybody who is selected would do.
            preview_bulk(PreviewBulkRequest) -> BulkPlanView;
            /// Keeps an edit of everybody who is selected.
            propose_bulk(ProposeBulkRequest) -> BulkProposedView;
            /// The queue as plans.
            query_changes(ChangeQueryRequest) -> ChangesView;
            /// Takes changes back that are not applied.
            withdraw_changes(ChangeIdsRequest) -> ChangesView;
            /// Puts the queue into another order.
            reorder_changes(ReorderChangesRequest) -> ChangesView;
            /// Has a token revoked by itself on a date.
            schedule_change(ScheduleChangeRequest) -> ChangesView;
            /// Decides about a blocked change.
            resolve_change(ResolveChangeRequest) -> ChangesView;
            /// Applies changes of the queue.
            apply_changes(ApplyChangesRequest) -> ApplyStartedView;
            /// Keeps edits and applies just these.
            apply_now(ApplyNowRequest) -> ApplyStartedView;
            /// Stops an apply between two calls.
            cancel_apply(AccountRequest) -> ChangesView;
            /// Hands a value that is shown once over, once.
            take_secret(ChangeRequest) -> SecretView;
            /// What an apply did.
            get_receipt(ReceiptRequest) -> ReceiptView;
            /// What would undo an apply.
            undo_run(RunRequest) -> UndoView;
            /// Keeps an organisation by hand.
            create_roster(CreateRosterRequest) -> AccountView;
            /// An organisation kept by hand: terms, cost, what may be done, the checklist.
            get_roster(AccountRequest) -> RosterView;
            /// Changes what is said about its service.
            update_roster(UpdateRosterRequest) -> RosterView;
            /// What may be done with one of its members.
            get_roster_member(RosterMemberRequest) -> RosterMemberView;
            /// Opens the page of its service where members are kept.
            open_roster_page(AccountRequest) -> PageOpenedView;
            /// Notes that changes were carried out at its service.
            tick_changes(TickChangesRequest) -> ApplyStartedView;
            /// Notes edits that were carried out at its service already.
            tick_now(TickNowRequest) -> ApplyStartedView;
            /// The sheet on which a reviewer decides about its members.
            get_review_sheet(AccountRequest) -> ReviewSheetView;
            /// Reads pasted members or invitations.
            preview_roster_import(PreviewRosterImportRequest) -> RosterImportView;
            /// Lets the person choose a file of members or invitations and reads it.
            import_roster_file(RosterImportFileRequest) -> RosterImportChosenView;
            /// Reads one of the texts in another way.
            update_roster_import(UpdateRosterImportRequest) -> RosterImportView;
            /// A page of rows, each with what becomes of it.
            query_roster_rows(RosterImportRowsRequest) -> RosterImportRowsView;
            /// Takes what was read into the mirror, as a sync would.
            take_roster_import(TakeRosterImportRequest) -> SyncStartedView;
            /// Gives the texts up.
            discard_roster_import(RosterImportRequest) -> RosterImportFoundView;
            /// Replaces all settings.
            update_settings(UpdateSettingsRequest) -> SettingsView;
        }
    };
}
with_commands!(contract);

/// Declarations of every listed type.
macro_rules! declarations {
    ($config:ident, $($type:ty),+ $(,)?) => {
        [$( (<$type as TS>::docs(), <$type as TS>::decl($config)) ),+]
    };
}

/// The TypeScript file of the contract, as text.
pub fn bindings() -> String {
    let config = &Config::default();
    let mut text = String::from(
        "// Generated from crates/core/src/api by `cargo xtask bindings`. Do not edit.\n\n/* eslint-disable */\n\n",
    );
    for (docs, declaration) in declarations!(
        config,
        AccessHolder,
        AccessHolderView,
        AccessLevel,
        AccessPageView,
        AccessQueryRequest,
        AccessRow,
        AccountDraft,
        AccountFacts,
        AccountId,
        AccountListView,
        AccountRequest,
        AccountRightView,
        AccountView,
        Action,
        AlertOutcome,
        ApiUserColumn,
        ApiUserColumnView,
        ApiUserCountsView,
        ApiUserDifferenceView,
        ApiUserOwnerState,
        ApiUserRowReason,
        ApiUserRowState,
        ApiUserRowView,
        ApiUserRowsRequest,
        ApiUserRowsView,
        ApiUsersChosenView,
        ApiUsersCounts,
        ApiUsersFileRequest,
        ApiUsersFoundView,
        ApiUsersImportRequest,
        ApiUsersImportView,
        ApiUsersTakenView,
        InvitedCountsView,
        AppStateView,
        ApplicationColumn,
        ApplicationDetailView,
        ApplicationPageView,
        ApplicationQueryRequest,
        ApplicationRequest,
        ApplicationRoleView,
        ApplicationRow,
        ApplyChangesRequest,
        ApplyNowRequest,
        ApplyProgressView,
        ApplyStartedView,
        Authentication,
        AuthenticationDraft,
        BillingPeriod,
        BlockReason,
        BulkAccountView,
        BulkAction,
        BulkKeptView,
        BulkPlanView,
        BulkProposedView,
        CallOutcome,
        CallView,
        Capabilities,
        ChangeChoice,
        ChangeCounts,
        ChangeIdsRequest,
        ChangeQueryRequest,
        ChangeRequest,
        ChangeState,
        ChangesView,
        CheckFilterRequest,
        ChecklistItemView,
        ColumnLayout,
        CommandError,
        CompareRequest,
        CompareView,
        CompleteFilterRequest,
        CompletionKind,
        CompletionView,
        CompletionsView,
        ConfirmationRequest,
        ConnectAccountRequest,
        ConnectionReportView,
        ConnectionRequest,
        CopiedRowsView,
        CopyRowsRequest,
        CostUnknown,
        Counts,
        CreateRosterRequest,
        DetailsProgressView,
        DifferenceCountsView,
        DifferenceView,
        DutyPeriodView,
        DutyPersonView,
        DutyRequest,
        DutyRuleView,
        DutyView,
        Edit,
        EditKind,
        EditProblemsView,
        EditableField,
        EditsRequest,
        EmptyRequest,
        ErrorAction,
        ErrorCode,
        ExportColumn,
        ExportFormat,
        ExportFoundView,
        ExportListRequest,
        ExportProgressView,
        ExportRequest,
        ExportedFileView,
        ExportedView,
        FacetValueView,
        FacetView,
        FacetsRequest,
        FacetsView,
        Fate,
        FieldConflict,
        FieldEdit,
        FieldKind,
        FieldOption,
        FieldProblem,
        FieldReason,
        FilterCheckView,
        FindingItemView,
        FindingRightView,
        StillView,
        FindingKind,
        FindingView,
        FindingsView,
        FilterErrorCode,
        FilterProblemView,
        ForgetPreviewView,
        ForgottenView,
        GrantHolder,
        GroupColumn,
        GroupDetailView,
        GroupKind,
        GroupPageView,
        GivenRightView,
        GroupQueryRequest,
        GroupRequest,
        GroupRightsView,
        GroupRow,
        Guard,
        GuardDecision,
        GuardView,
        HistoryEntryView,
        HistoryMemberKind,
        HistoryPageView,
        HistoryQueryRequest,
        HolderKind,
        HubEvent,
        HubFigure,
        HubFigureView,
        HubRequest,
        HubView,
        ImportChosenView,
        ImportColumnView,
        ImportCounts,
        ImportEncoding,
        ImportFileRequest,
        ImportFoundView,
        ImportIssueView,
        ImportNote,
        ImportProblem,
        ImportProposedView,
        ImportReason,
        ImportRequest,
        ImportRowState,
        ImportRowView,
        ImportRowsRequest,
        ImportRowsView,
        ImportSeparator,
        ImportTarget,
        ImportView,
        ImportedApiUserRequest,
        InvitationColumn,
        InvitationMessage,
        InvitationPageView,
        InvitationQueryRequest,
        InvitationRow,
        InvitationRules,
        InvitationState,
        InvitedView,
        InviteeCounts,
        InviteeRolesView,
        InviteeFile,
        InviteeFileRequest,
        InviteeFileView,
        InviteeState,
        InviteeView,
        InviteesRequest,
        InviteesView,
        Language,
        LeftBehind,
        LeftItemView,
        LeftOut,
        LeftOutView,
        LeftView,
        ListRequest,
        LocalSeconds,
        LogEntryView,
        LogPageView,
        LogQueryRequest,
        LogReadView,
        LossKind,
        LossView,
        MatrixRightView,
        MatrixRoleView,
        MemberKind,
        MemberView,
        MonitorCountsView,
        NamedView,
        NoticeView,
        OffDutyRule,
        OpenStoreRequest,
        OrderReason,
        OrderReasonView,
        OwnerState,
        PageOpenedView,
        Paging,
        PaletteItemView,
        PaletteRequest,
        PaletteView,
        PasswordChoice,
        PastAccountView,
        PastMoment,
        PastUserPageView,
        PastUserQueryRequest,
        PastUserRequest,
        PastUserRow,
        PastUserView,
        PendingView,
        PermissionView,
        PermissionsView,
        Phase,
        PlanLineView,
        PlanSubject,
        PlanSubjectView,
        PlanView,
        PreviewApiUsersRequest,
        PreviewBulkRequest,
        PreviewEditsRequest,
        PreviewRosterImportRequest,
        ProgressView,
        ProofView,
        ProposeBulkRequest,
        ProposedView,
        ProviderKind,
        QueueView,
        QuotaView,
        ReachingItemView,
        ReachingRequest,
        ReachingView,
        ReachingWayView,
        ReadLogRequest,
        ReceiptLineView,
        ReceiptRequest,
        ReceiptRow,
        ReceiptView,
        RecipientKind,
        RecipientLevelView,
        RecipientView,
        RecipientsView,
        RecordView,
        Remains,
        RemainsView,
        RemoteId,
        ReorderChangesRequest,
        ReorderSavedFiltersRequest,
        ReplaceCredentialRequest,
        ResolveChangeRequest,
        ResolveGuardRequest,
        ResolveSelectionRequest,
        ResourceColumn,
        ResourceDetailView,
        ResourceHolderView,
        ResourceKind,
        ResourcePageView,
        ResourceQueryRequest,
        ResourceRequest,
        ResourceRightView,
        ResourceRow,
        Right,
        ReviewLineView,
        ReviewSheetView,
        RightOriginView,
        RoleColumn,
        RoleDetailView,
        RoleHolderView,
        RoleMatrixRequest,
        RoleMatrixView,
        RolePageView,
        RoleQueryRequest,
        RoleRequest,
        RoleRow,
        RoleScope,
        RosterAction,
        RosterActionView,
        RosterAmountView,
        RosterColumn,
        RosterColumnView,
        RosterCostView,
        RosterCountsView,
        RosterDifferenceView,
        RosterImportChosenView,
        RosterImportCounts,
        RosterImportFileRequest,
        RosterImportFoundView,
        RosterImportRequest,
        RosterImportRowsRequest,
        RosterImportRowsView,
        RosterImportView,
        RosterList,
        RosterMemberRequest,
        RosterMemberView,
        RosterOwnerDraft,
        RosterPreset,
        RosterRefusal,
        RosterRight,
        RosterRoleView,
        RosterRowReason,
        RosterRowState,
        RosterRowView,
        RosterSourceView,
        RosterTerms,
        RosterView,
        RowKey,
        RunDetailView,
        RunErrorView,
        RunKind,
        RunPageView,
        RunQueryRequest,
        RunRequest,
        RunState,
        RunView,
        SaveFilterRequest,
        SavedFilterListView,
        SavedFilterRequest,
        SavedFilterView,
        ScheduleChangeRequest,
        Secret,
        SecretState,
        SecretView,
        SelectedRowView,
        Selection,
        SelectionView,
        ServiceDaylight,
        ServiceZone,
        SettingsView,
        ShownBy,
        ShownSecret,
        StorageMode,
        Stream,
        StreamStateView,
        Subject,
        SyncIssueView,
        SyncStartedView,
        SyncStateView,
        TakeApiUsersRequest,
        RosterPassingView,
        TakeRosterImportRequest,
        Tally,
        TestConnectionRequest,
        Theme,
        TickChangesRequest,
        TickNowRequest,
        TimeZoneRequest,
        Timestamp,
        TokenCalendarRequest,
        TokenCalendarView,
        TokenChip,
        TokenColumn,
        TokenCountsView,
        TokenCoverageView,
        TokenDayView,
        TokenFilter,
        TokenKind,
        TokenNoticeView,
        TokenNoticesView,
        TokenOwnerColumn,
        TokenOwnerRow,
        TokenOwnerView,
        TokenOwnersRequest,
        TokenOwnersView,
        TokenPageView,
        TokenQueryRequest,
        TokenRow,
        TokenState,
        TokenView,
        ToldView,
        UndoView,
        UpdateAccountRequest,
        UpdateApiUsersRequest,
        UpdateImportRequest,
        UpdateRosterImportRequest,
        UpdateRosterRequest,
        UpdateSavedFilterRequest,
        UpdateSettingsRequest,
        UserColumn,
        UserDepthView,
        UserDetailView,
        UserGroupView,
        UserPageView,
        UserQueryRequest,
        UserRequest,
        UserRightsView,
        UserRow,
        UserSort,
        ZoneSource,
    ) {
        text.push_str(docs.as_deref().unwrap_or_default());
        text.push_str("export ");
        text.push_str(&declaration);
        text.push_str("\n\n");
    }
    text.push_str(&format!(
        "/** Event that carries every {{@link HubEvent}}. */\nexport const EVENT_NAME = {EVENT_NAME:?};\n\n"
    ));
    text.push_str(&commands(config));
    text
}
