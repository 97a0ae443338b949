# nhanrong_embed(TARGET NAME BASE FILES…): the files become part of the program. Declared by the user as
#   namespace nhanrong::embedded { std::span<const text::EmbeddedFile> NAME(); }
# Names are relative to BASE.
function(nhanrong_embed target name base)
  set(out ${CMAKE_CURRENT_BINARY_DIR}/embedded_${name}.cpp)
  set(body "#include <span>\n#include \"text/embedded_file.h\"\n")
  set(table "")
  set(i 0)
  foreach(file IN LISTS ARGN)
    file(RELATIVE_PATH relative ${base} ${file})
    string(APPEND body
      "__asm__(\".section .rodata\\n.balign 16\\nnhanrong_${name}_${i}:\\n.incbin \\\"${file}\\\"\\nnhanrong_${name}_${i}_end:\\n.byte 0\\n.previous\\n\");\n"
      "extern const char nhanrong_${name}_${i}[];\nextern const char nhanrong_${name}_${i}_end[];\n")
    string(APPEND table
      "    {\"${relative}\", {nhanrong_${name}_${i}, static_cast<std::size_t>(nhanrong_${name}_${i}_end - nhanrong_${name}_${i})}},\n")
    math(EXPR i "${i} + 1")
  endforeach()
  if(NOT ARGN)
    string(APPEND table "    {},\n")
  endif()
  string(APPEND body
    "namespace nhanrong::embedded {\nstd::span<const text::EmbeddedFile> ${name}();\n"
    "std::span<const text::EmbeddedFile> ${name}() {\n  static const text::EmbeddedFile files[] = {\n${table}  };\n  return files;\n}\n}\n")
  file(CONFIGURE OUTPUT ${out} CONTENT "${body}" @ONLY)
  set_source_files_properties(${out} PROPERTIES OBJECT_DEPENDS "${ARGN}")
  target_sources(${target} PRIVATE ${out})
endfunction()
