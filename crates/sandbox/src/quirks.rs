//! How one tenant differs from the standard, each seen on a real server. The default is a well-behaved service with
//! index paging; every quirk can be changed while the sandbox runs.

use serde::{Deserialize, Serialize};

/// How one tenant behaves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct Quirks {
    /// In which order lists come when no sort is asked for.
    pub order: RowOrder,
    /// Largest page, as announced in `filter.maxResults`.
    pub max_results: usize,
    /// Page size when none is asked for.
    pub default_count: usize,
    /// Pages shorter than asked for and announced.
    pub page_cut: PageCut,
    /// Each page after the first begins this many rows early, so that rows repeat across pages.
    pub repeat_rows: usize,
    /// What `totalResults` says.
    pub total: TotalQuirk,
    /// What `count=0` gives.
    pub count_zero: CountZero,
    /// The first row is `startIndex=0`.
    pub start_index_from_zero: bool,
    /// Cursor paging (RFC 9865).
    pub cursor: CursorMode,
    /// How long a cursor lives, in seconds.
    pub cursor_timeout_seconds: u64,
    /// What `/ServiceProviderConfig` answers.
    pub service_provider_config: ConfigQuirk,
    /// `sortBy`.
    pub sort: Support,
    /// `filter`.
    pub filter: Support,
    /// Records come without `meta`, hence without times and versions.
    pub no_meta: bool,
    /// No `ETag`, and conditions in requests are ignored.
    pub no_etag: bool,
    /// `User.groups` is filled; most servers leave it out.
    pub user_groups: bool,
    /// A deleted user stays in the `members` of groups.
    pub keep_dangling_members: bool,
    /// PATCH; where it is not supported records can only be replaced whole.
    pub patch: Support,
    /// DELETE of a user; many services only let them be made inactive.
    pub delete: Support,
    /// Passwords can be set.
    pub change_password: bool,
    /// A successful PATCH answers 204 without a body.
    pub patch_no_content: bool,
}

impl Default for Quirks {
    fn default() -> Self {
        Self {
            order: RowOrder::Natural,
            max_results: 1000,
            default_count: 100,
            page_cut: PageCut::None,
            repeat_rows: 0,
            total: TotalQuirk::Right,
            count_zero: CountZero::TotalOnly,
            start_index_from_zero: false,
            cursor: CursorMode::Off,
            cursor_timeout_seconds: 3600,
            service_provider_config: ConfigQuirk::Right,
            sort: Support::Yes,
            filter: Support::Yes,
            no_meta: false,
            no_etag: false,
            user_groups: false,
            keep_dangling_members: false,
            patch: Support::Yes,
            delete: Support::Yes,
            change_password: false,
            patch_no_content: false,
        }
    }
}

/// In which order lists come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum RowOrder {
    /// As created.
    Natural,
    /// By random id: stable, and a new record appears anywhere.
    ById,
    /// Another order for every request.
    RandomPerRequest,
}

/// Pages shorter than asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum PageCut {
    /// As long as asked for.
    None,
    /// Never longer than this.
    At(usize),
    /// A random length from 1 to what was asked for.
    Random,
}

/// What `totalResults` says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum TotalQuirk {
    /// How many rows there are.
    Right,
    /// How many rows this page holds.
    CappedByPage,
    /// This many more (or less, when negative) than there are.
    OffBy(i64),
    /// Left out (allowed with cursors only).
    Missing,
}

/// What `count=0` gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CountZero {
    /// The total and no rows: the standard.
    TotalOnly,
    /// Every row.
    Everything,
    /// No rows and a total of 0.
    TotalZero,
}

/// Whether cursors work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CursorMode {
    /// Not at all; the parameter is ignored.
    Off,
    /// When asked for, beside index paging.
    On,
    /// Always; `startIndex` beyond 1 is refused.
    Only,
}

/// What `/ServiceProviderConfig` answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ConfigQuirk {
    /// The truth.
    Right,
    /// 404.
    Missing,
    /// 403.
    Forbidden,
    /// A page of HTML that says it is JSON.
    Html,
    /// JSON whose values have other types than the standard says.
    WrongTypes,
    /// Announces sort, filter, cursors and ETag whether they work or not.
    Boasting,
}

/// How an optional feature reacts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Support {
    /// Works.
    Yes,
    /// The parameter is ignored without a word.
    Ignored,
    /// The request is refused.
    Refused,
}
