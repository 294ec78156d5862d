//! `cargo apk`.
use crate::failure::Failure;
use crate::native;
use crate::workspace::Workspace;
/// x
pub fn build(workspace: &Workspace) -> Result<(), Failure> {
    native::add_targets(workspace)?;
    for abi in &native::ABIS {
        let start = std::time::Instant::now();
        let library = native::library(workspace, abi)?;
        println!("{} {:?}", library.display(), start.elapsed());
    }
    Ok(())
}
