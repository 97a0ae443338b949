#pragma once
#include "corpus/document.h"
#include "corpus/reference.h"

namespace nhanrong::corpus {

/// Regions of today (2025 scheme) of a document, in the order found, each once: those of the
/// provinces of today that hold `provinces_about`, then those that a region named by itself became
/// ("tay-nguyen" → "duyen-hai-nam-trung-bo-tay-nguyen"). Where provinces of a region are there,
/// they decide: a report on Yên Bái lies in one region today, though its old one was divided.
Strings present_regions(const Reference& reference, const Strings& regions,
                        const Strings& provinces_about);

}  // namespace nhanrong::corpus
