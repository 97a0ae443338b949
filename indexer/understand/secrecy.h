#pragma once
#include "indexer/understand/page.h"

namespace nhanrong::indexer {

/// Does the text bear a secrecy marking (MẬT, TỐI MẬT, TUYỆT MẬT) where Decree 30 puts it: a line
/// or column of its own, boxed or spaced ("M Ậ T"), near a letterhead; or "Độ mật: Mật"? Running
/// text about secrecy, honey ("mật ong") and headlines are none.
bool is_marked_secret(const Page& page);

}  // namespace nhanrong::indexer
