#pragma once

namespace nhanrong::indexer {

/// Shuts this process in for good: it can go on with the descriptors it has, with its memory, and
/// read files below /usr/share and /etc/fonts, where the kernel has Landlock; no other file, no
/// network, no new process, no new privileges. Under sanitizers, which need more, only the last.
/// What is forbidden fails with EPERM or EACCES. Throws std::system_error where the kernel refuses
/// to shut the process in.
void enter_sandbox();

}  // namespace nhanrong::indexer
