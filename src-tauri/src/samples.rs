//! The built-in sample service.
use rollcall_core::hub::SampleService;
#[derive(Default)]
pub struct BuiltIn;
#[async_trait::async_trait]
impl SampleService for BuiltIn {
    async fn start(
        &self,
        _folder: Option<&std::path::Path>,
    ) -> Result<Vec<rollcall_core::api::AccountDraft>, String> {
        Err("none".into())
    }
}
