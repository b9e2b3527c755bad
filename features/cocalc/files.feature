Feature: Files
  Files live in a project's folder. They can be handed on to other projects, and what people changed in them is kept.

  Rule: A file can be copied to another project, even one that was never started

    # COC-015
    Scenario: Under another name
      Given the shared project has the file "plants.txt"
      And Ada has the project "Greenhouse"
      When Ada copies "plants.txt" from the shared project to "Greenhouse" as "copies/plants.txt"
      Then "copies/plants.txt" in "Greenhouse" reads as "plants.txt" did

  Rule: A file's history holds what was done to it in the editor

    # COC-016
    Scenario: A file that no editor has opened
      Given the shared project has the file "plants.txt"
      When Ada looks at the history of "plants.txt" in the shared project
      Then there is a history, be it empty

  Rule: No path leads out of a project

    Scenario: A path that climbs too high
      Given Ada has the project "Greenhouse"
      When Ada tries to copy "../plants.txt" from the shared project to "Greenhouse"
      Then it is refused because the path leads out of the project
